//! How long things take in workspaces of several sizes. `cargo bench` runs all of it, and
//! `cargo bench -- load` what has `load` in its name.

mod files;
mod keys;
mod made;
mod order;

fn main() {
    divan::main();
}
