//! `isalpha` and its like.
use super::{Str, unicode};

impl Str {
    #[inline]
    fn all(&self, holds: impl Fn(char) -> bool) -> bool {
        !self.is_empty() && self.as_str().chars().all(holds)
    }

    /// `s.isalnum()`
    #[inline]
    pub fn isalnum(&self) -> bool {
        self.all(|c| unicode::is_alpha(c) || unicode::is_numeric(c) || unicode::is_digit(c))
    }

    /// `s.isalpha()`
    #[inline]
    pub fn isalpha(&self) -> bool {
        self.all(unicode::is_alpha)
    }

    /// `s.isascii()`
    #[inline]
    pub fn isascii(&self) -> bool {
        self.is_ascii()
    }

    /// `s.isdecimal()`
    #[inline]
    pub fn isdecimal(&self) -> bool {
        self.all(|c| unicode::decimal(c).is_some())
    }

    /// `s.isdigit()`
    #[inline]
    pub fn isdigit(&self) -> bool {
        self.all(unicode::is_digit)
    }

    /// `s.isnumeric()`
    #[inline]
    pub fn isnumeric(&self) -> bool {
        self.all(unicode::is_numeric)
    }

    /// `s.isidentifier()`
    #[inline]
    pub fn isidentifier(&self) -> bool {
        let mut chars = self.as_str().chars();
        chars.next().is_some_and(unicode::starts_identifier) && chars.all(unicode::continues_identifier)
    }

    /// `s.islower()`
    #[inline]
    pub fn islower(&self) -> bool {
        let mut any = false;
        for c in self.as_str().chars() {
            if unicode::is_upper(c) || unicode::is_title(c) {
                return false;
            }
            any |= unicode::is_lower(c);
        }
        any
    }

    /// `s.isupper()`
    #[inline]
    pub fn isupper(&self) -> bool {
        let mut any = false;
        for c in self.as_str().chars() {
            if unicode::is_lower(c) || unicode::is_title(c) {
                return false;
            }
            any |= unicode::is_upper(c);
        }
        any
    }

    /// `s.istitle()`
    #[inline]
    pub fn istitle(&self) -> bool {
        let (mut any, mut inside) = (false, false);
        for c in self.as_str().chars() {
            let starts = unicode::is_upper(c) || unicode::is_title(c);
            if starts && inside || unicode::is_lower(c) && !inside {
                return false;
            }
            inside = starts || unicode::is_lower(c);
            any |= inside;
        }
        any
    }

    /// `s.isprintable()`
    #[inline]
    pub fn isprintable(&self) -> bool {
        self.as_str().chars().all(unicode::is_printable)
    }

    /// `s.isspace()`
    #[inline]
    pub fn isspace(&self) -> bool {
        self.all(unicode::is_space)
    }
}
