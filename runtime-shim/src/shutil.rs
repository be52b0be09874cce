//! `shutil`: whole files and trees.
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::exception::builtin::class;
use crate::exception::os_error;
use crate::lock;
use crate::os::{self, path};
use crate::prelude::*;

class! {
    @ /// `shutil.Error`
    Error: OSError, "shutil";
}
class! {
    @ /// `shutil.SameFileError`
    SameFileError: Error, "shutil";
}

fn failed(error: &std::io::Error, path: &str) -> PyErr {
    os_error::from_io(error, Some(path))
}

/// `rmtree(path, ignore_errors)`
pub fn rmtree(path: &str, ignore_errors: bool) -> PyResult {
    if path::islink(path) {
        let outcome = Err(OSError::new(Str::from("Cannot call rmtree on a symbolic link")));
        return if ignore_errors { Ok(()) } else { outcome };
    }
    match lock::blocking(|| fs::remove_dir_all(path)) {
        Err(error) if !ignore_errors => Err(failed(&error, path)),
        _ => Ok(()),
    }
}

/// `copyfile(src, dst)`
pub fn copyfile(src: &str, dst: &str) -> PyResult<Str> {
    let same = match (fs::canonicalize(src), fs::canonicalize(dst)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    };
    if same {
        let (src, dst) = (repr(&Str::copy_of(src)), repr(&Str::copy_of(dst)));
        return Err(SameFileError::new(format!("{src} and {dst} are the same file")));
    }
    let bytes = lock::blocking(|| match fs::metadata(src) {
        Ok(found) if found.is_dir() => Err(std::io::Error::from_raw_os_error(libc::EISDIR)),
        Ok(_) => fs::read(src),
        Err(error) => Err(error),
    });
    let bytes = bytes.map_err(|error| failed(&error, src))?;
    lock::blocking(|| fs::write(dst, bytes)).map_err(|error| failed(&error, dst))?;
    Ok(Str::copy_of(dst))
}

/// `copymode(src, dst)`
pub fn copymode(src: &str, dst: &str) -> PyResult {
    let mode = fs::metadata(src).map_err(|error| failed(&error, src))?.permissions().mode();
    fs::set_permissions(dst, fs::Permissions::from_mode(mode)).map_err(|error| failed(&error, dst))
}

/// Where a file is copied to: into a folder, under its own name.
fn target(src: &str, dst: &str) -> Str {
    if path::isdir(dst) { path::joined(dst, [&*path::basename(src)]) } else { Str::copy_of(dst) }
}

/// `copy(src, dst)`
pub fn copy(src: &str, dst: &str) -> PyResult<Str> {
    let dst = target(src, dst);
    copyfile(src, &dst)?;
    copymode(src, &dst)?;
    Ok(dst)
}

/// `copy2(src, dst)`: with its times.
pub fn copy2(src: &str, dst: &str) -> PyResult<Str> {
    let dst = copy(src, dst)?;
    let times = fs::metadata(src)
        .and_then(|found| Ok(fs::FileTimes::new().set_accessed(found.accessed()?).set_modified(found.modified()?)));
    let set = times.and_then(|times| fs::File::options().append(true).open(&*dst)?.set_times(times));
    set.map_err(|error| failed(&error, &dst))?;
    Ok(dst)
}

/// `copytree(src, dst, dirs_exist_ok=dirs_exist_ok)`
pub fn copytree(src: &str, dst: &str, dirs_exist_ok: bool) -> PyResult<Str> {
    let names = os::listdir(src)?;
    os::makedirs(dst, 0o777, dirs_exist_ok)?;
    for name in &names {
        let (from, to) = (path::joined(src, [&*name]), path::joined(dst, [&*name]));
        if path::isdir(&from) {
            copytree(&from, &to, dirs_exist_ok)?;
        } else {
            copy2(&from, &to)?;
        }
    }
    copymode(src, dst)?;
    Ok(Str::copy_of(dst))
}

/// `move(src, dst)`
pub fn move_(src: &str, dst: &str) -> PyResult<Str> {
    let mut real = Str::copy_of(dst);
    if path::isdir(dst) {
        real = path::joined(dst, [&*path::basename(src.trim_end_matches('/'))]);
        if path::exists(&real) {
            return Err(Error::new(format!("Destination path '{real}' already exists")));
        }
    }
    match lock::blocking(|| fs::rename(src, &*real)) {
        Ok(()) => return Ok(real),
        Err(error) if error.raw_os_error() == Some(libc::EXDEV) => {}
        Err(error) => return Err(failed(&error, src)),
    }
    if path::isdir(src) {
        copytree(src, &real, false)?;
        rmtree(src, false)?;
    } else {
        copy2(src, &real)?;
        os::remove(src)?;
    }
    Ok(real)
}

/// `which(cmd)`
pub fn which(cmd: &str) -> Option<Str> {
    let runs = |path: &str| path::isfile(path) && os::access(path, os::X_OK);
    if cmd.contains('/') {
        return runs(cmd).then(|| Str::copy_of(cmd));
    }
    let folders = os::getenv("PATH").unwrap_or_else(|| Str::literal("/bin:/usr/bin"));
    folders.split(':').map(|folder| path::joined(folder, [cmd])).find(|path| runs(path))
}

/// Whether a path is a folder that can be emptied: for `tempfile`.
pub(crate) fn remove_quietly(path: &str) {
    let _ = lock::blocking(|| if Path::new(path).is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) });
}
