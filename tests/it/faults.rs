//! Disks that are full, files that may not be replaced, paths that lead elsewhere: the real ones of
//! this machine. What needs root says so where there is none, and is left out.

use super::cli::{BEFORE, Home, Ran, ran};
use super::pty::{Pty, like};
use rustix::process::{Signal, geteuid};
use std::fs;
use std::io::{Write, stderr};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Says what is left out, whether or not the output of tests is shown.
pub(super) fn left_out(what: &str) {
    let line = format!("LEFT OUT: {what} can't be tried here; run the tests as root\n");
    stderr().write_all(line.as_bytes()).unwrap();
}

fn system(line: &str) -> bool {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap());
    command.args(words).output().is_ok_and(|output| output.status.success())
}

/// Something that is undone at the end of a test, however that ends.
struct Undo(String);

impl Undo {
    /// Does something that only root may, or says that it is left out.
    fn of(what: &str, done: &str, undo: &str) -> Option<Self> {
        let is_done = geteuid().is_root() && system(done);
        if !is_done {
            left_out(what);
        }
        is_done.then(|| Self(undo.to_owned()))
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        system(&self.0);
    }
}

/// A home with the workspace in a directory of its own, which may be mounted.
struct Fault {
    home: Home,
    dir: PathBuf,
}

impl Fault {
    fn new() -> Self {
        let home = Home::new();
        let dir = home.folder.path().join("d");
        fs::create_dir(&dir).unwrap();
        let fault = Self { home, dir };
        fault.fill();
        fault
    }

    fn file(&self) -> PathBuf {
        self.dir.join("w.json")
    }

    fn fill(&self) {
        fs::write(self.file(), BEFORE).unwrap();
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let names = self.dir.read_dir().unwrap();
        let mut names: Vec<_> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn add(&self) -> Ran {
        self.home.run("add Late -f d/w.json")
    }

    /// A command that writes ends with 74 and these words, and the file is as it was.
    #[track_caller]
    fn refuses(&self, words: &str) {
        self.add().fails(74, words);
        assert_eq!(self.text(), BEFORE);
        assert!(self.names().iter().all(|name| !name.starts_with('.')), "{:?}", self.names());
    }

    #[track_caller]
    fn works(&self) {
        let ran = self.add();
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(self.text().contains("\"Late\""));
    }

    fn screen(&self) -> Pty {
        let pty = Pty::spawn(like(&self.home.command(&["d/w.json"])), 200, 40);
        pty.wait_for("Match rules");
        pty
    }
}

/// An edit that can't reach the file is kept, also over a kill, and is in it once it can.
#[track_caller]
fn waits_in_the_journal(fault: &Fault, words: &str, mend: impl FnOnce()) {
    let mut pty = fault.screen();
    pty.send("]aWaits\r");
    pty.wait_for("safe in the journal, not in the file");
    pty.wait_for(words);
    assert_eq!(fault.text(), BEFORE);
    pty.signal(Signal::KILL);
    pty.end();
    mend();
    let ran = fault.add();
    assert!(ran.code == 0 && ran.err.contains("brought in: 1"), "{ran:?}");
    assert!(fault.text().contains("\"Waits\"") && fault.text().contains("\"Late\""));
}

fn small_disk(fault: &Fault) -> Option<Undo> {
    let dir = fault.dir.display();
    let mount = format!("mount -t tmpfs -o size=2m,mode=755 none {dir}");
    let undo = Undo::of("a full disk", &mount, &format!("umount -l {dir}"))?;
    fault.fill();
    Some(undo)
}

/// Takes all the room that is left.
fn fill_up(dir: &Path) {
    let mut file = fs::File::create(dir.join("ballast")).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
}

#[test]
fn a_full_disk_changes_nothing_and_room_lets_it_go_on() {
    let fault = Fault::new();
    let Some(_disk) = small_disk(&fault) else { return };
    fill_up(&fault.dir);
    fault.refuses("the disk is full");
    fs::remove_file(fault.dir.join("ballast")).unwrap();
    fault.works();
}

#[test]
fn on_a_full_disk_the_edit_waits_in_the_journal() {
    let fault = Fault::new();
    let Some(_disk) = small_disk(&fault) else { return };
    fill_up(&fault.dir);
    waits_in_the_journal(&fault, "the disk is full", || {
        fs::remove_file(fault.dir.join("ballast")).unwrap();
    });
}

#[test]
fn a_screen_saves_again_when_there_is_room() {
    let fault = Fault::new();
    let Some(_disk) = small_disk(&fault) else { return };
    fill_up(&fault.dir);
    let mut pty = fault.screen();
    pty.send("]aWaits\r");
    pty.wait_for("safe in the journal, not in the file");
    fs::remove_file(fault.dir.join("ballast")).unwrap();
    // Without a key.
    pty.wait(|screen| !screen.contents().contains("not in the file"));
    assert!(fault.text().contains("\"Waits\""));
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
}

#[test]
fn what_must_not_be_changed_is_read_only_until_it_may() {
    for what in ["d/w.json", "d"] {
        let fault = Fault::new();
        let path = fault.home.folder.path().join(what);
        let (lock, undo) =
            (format!("chattr +i {}", path.display()), format!("chattr -i {}", path.display()));
        let Some(held) = Undo::of("an immutable file", &lock, &undo) else { return };
        fault.refuses("may not write");
        let mut pty = fault.screen();
        pty.wait_for("read-only");
        pty.send("q");
        assert_eq!(pty.end().exit_code(), 0);
        drop(held);
        fault.works();
    }
}

#[test]
fn what_is_locked_while_it_is_open_leaves_the_edit_in_the_journal() {
    let fault = Fault::new();
    let dir = fault.dir.display().to_string();
    let mut pty = fault.screen();
    let (lock, undo) = (format!("chattr +i {dir}"), format!("chattr -i {dir}"));
    let Some(held) = Undo::of("an immutable directory", &lock, &undo) else { return };
    pty.send("]aWaits\r");
    pty.wait_for("safe in the journal, not in the file");
    assert_eq!(fault.text(), BEFORE);
    pty.signal(Signal::KILL);
    pty.end();
    drop(held);
    fault.works();
    assert!(fault.text().contains("\"Waits\""));
}

#[test]
fn a_mount_that_is_only_to_be_read_is_read_only() {
    let fault = Fault::new();
    let dir = fault.dir.display();
    let mount = format!("mount --bind -o ro {dir} {dir}");
    let Some(mounted) = Undo::of("a read-only mount", &mount, &format!("umount -l {dir}")) else {
        return;
    };
    fault.refuses("may not write");
    drop(mounted);
    fault.works();
}

#[test]
fn a_file_that_is_mounted_by_itself_is_not_saved_in_place() {
    let fault = Fault::new();
    let elsewhere = fault.home.folder.path().join("elsewhere.json");
    fs::write(&elsewhere, BEFORE).unwrap();
    let (from, to) = (elsewhere.display(), fault.file().display().to_string());
    let mount = format!("mount --bind {from} {to}");
    let Some(mounted) = Undo::of("a file that is mounted", &mount, &format!("umount -l {to}"))
    else {
        return;
    };
    fault.refuses("mounted as a single file");
    waits_in_the_journal(&fault, "mounted as a single file", || drop(mounted));
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error_and_no_end() {
    let fault = Fault::new();
    let mut shell = fault.home.of(Command::new("bash"));
    shell.args(["-c", "ulimit -f 1; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_twohats")]);
    shell.args(["add", "Late", "-f", "d/w.json"]);
    ran(shell.spawn().unwrap()).fails(74, "that large");
    assert_eq!(fault.text(), BEFORE);
    assert_eq!(fault.names(), ["w.json"]);
    fault.works();
}

#[test]
fn what_is_written_in_part_through_a_link_goes_and_the_link_stays() {
    let fault = Fault::new();
    let link = fault.home.folder.path().join("page.html");
    symlink("d/gone.html", &link).unwrap();
    let mut shell = fault.home.of(Command::new("bash"));
    shell.args(["-c", "ulimit -f 1; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_twohats")]);
    shell.args(["export", "roadmap", "--force", "--output", "page.html", "-f", "d/w.json"]);
    ran(shell.spawn().unwrap()).fails(74, "cannot write page.html");
    assert!(link.is_symlink());
    assert_eq!(fault.names(), ["w.json"]);
}

#[test]
fn a_directory_of_somebody_else_is_read_only() {
    let fault = Fault::new();
    fs::set_permissions(&fault.dir, fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = fault.home.command(&["add", "Late", "-f", "d/w.json"]);
    if geteuid().is_root() {
        fs::set_permissions(fault.home.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut nobody = fault.home.of(Command::new("setpriv"));
        nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        nobody.arg(command.get_program()).args(command.get_args());
        command = nobody;
    }
    ran(command.spawn().unwrap()).fails(74, "may not write");
    assert_eq!(fault.text(), BEFORE);
    fs::set_permissions(&fault.dir, fs::Permissions::from_mode(0o755)).unwrap();
    fault.works();
}

#[test]
fn links_are_followed_kept_and_said_to_lead_nowhere() {
    let fault = Fault::new();
    let home = fault.home.folder.path();
    let links = [("one", "two"), ("two", "d/three"), ("d/three", "w.json"), ("nowhere", "gone")];
    for (from, to) in links.into_iter().chain([("round", "circle"), ("circle", "round")]) {
        symlink(to, home.join(from)).unwrap();
    }
    assert_eq!(fault.home.run("add Late -f one").code, 0);
    assert!(fault.text().contains("\"Late\""));
    assert!(links.iter().all(|(from, _)| home.join(from).symlink_metadata().unwrap().is_symlink()));
    fault.home.run("add Late -f nowhere").fails(1, "there is no nowhere");
    fault.home.run("add Late -f round").fails(74, "cannot read round");
    assert!(!home.join("gone").exists());
}

#[test]
fn a_file_with_two_names_keeps_both_and_its_bytes() {
    let fault = Fault::new();
    fs::hard_link(fault.file(), fault.home.folder.path().join("second")).unwrap();
    fault.refuses("hard link");
    waits_in_the_journal(&fault, "hard link", || {
        fs::remove_file(fault.home.folder.path().join("second")).unwrap();
    });
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let fault = Fault::new();
    let pipe = fault.home.folder.path().join("pipe");
    assert!(system(&format!("mkfifo {}", pipe.display())));
    for path in ["pipe", "/dev/null", "/dev/zero", "d"] {
        fault.home.run(&format!("list -f {path}")).fails(1, "is not a file");
        fault.home.run(&format!("add Late -f {path}")).fails(1, "is not a file");
    }
    assert_eq!(fault.home.text(), BEFORE);
}

#[test]
fn a_file_of_a_lower_layer_is_replaced_in_the_upper_one() {
    let fault = Fault::new();
    let root = fault.home.folder.path().display().to_string();
    // A layer above another layer is not to be had everywhere, so they are in memory.
    fs::create_dir(format!("{root}/m")).unwrap();
    let memory = format!("mount -t tmpfs none {root}/m");
    let Some(_memory) = Undo::of("an overlay", &memory, &format!("umount -l {root}/m")) else {
        return;
    };
    for layer in ["lower", "upper", "work"] {
        fs::create_dir(format!("{root}/m/{layer}")).unwrap();
    }
    fs::write(format!("{root}/m/lower/w.json"), BEFORE).unwrap();
    let layers = format!("lowerdir={root}/m/lower,upperdir={root}/m/upper,workdir={root}/m/work");
    let mount = format!("mount -t overlay -o {layers} none {root}/d");
    let Some(_mounted) = Undo::of("an overlay", &mount, &format!("umount -l {root}/d")) else {
        return;
    };
    fault.works();
    assert_eq!(fs::read_to_string(format!("{root}/m/lower/w.json")).unwrap(), BEFORE);
    assert_eq!(fault.names(), ["w.json"]);
    assert_eq!(fault.file().metadata().unwrap().nlink(), 1);
}
