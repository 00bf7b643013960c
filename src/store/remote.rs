//! Whether a file is on another machine, whose changes nobody tells of.

use std::path::Path;

/// What Linux calls NFS, SMB (in its three ages) and what runs outside the kernel, sshfs say.
#[cfg(target_os = "linux")]
const REMOTE: [i128; 5] = [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546];

/// Whether what stands at a path is on another machine, or may be.
#[cfg(target_os = "linux")]
pub fn is_remote(path: &Path) -> bool {
    rustix::fs::statfs(path).is_ok_and(|stat| REMOTE.contains(&i128::from(stat.f_type)))
}

/// The same where the system does not say: then its word is taken for what it tells.
#[cfg(not(target_os = "linux"))]
pub fn is_remote(_: &Path) -> bool {
    false
}
