//! `errno`: the numbers of errors of the operating system.

macro_rules! numbers {
    ($($name:ident),* $(,)?) => {
        $(
            #[doc = concat!("`errno.", stringify!($name), "`")]
            pub const $name: i64 = libc::$name as i64;
        )*
    };
}

numbers! {
    EACCES, EADDRINUSE, EADDRNOTAVAIL, EAGAIN, EALREADY, EBADF, EBUSY, ECANCELED, ECHILD, ECONNABORTED, ECONNREFUSED,
    ECONNRESET, EDEADLK, EDOM, EEXIST, EFAULT, EFBIG, EHOSTUNREACH, EINPROGRESS, EINTR, EINVAL, EIO, EISCONN, EISDIR,
    ELOOP, EMFILE, EMSGSIZE, ENAMETOOLONG, ENETUNREACH, ENFILE, ENODEV, ENOENT, ENOMEM, ENOSPC, ENOTCONN, ENOTDIR,
    ENOTEMPTY, ENOTSOCK, EPERM, EPIPE, ERANGE, EROFS, ESRCH, ETIMEDOUT, EWOULDBLOCK, EXDEV,
}
