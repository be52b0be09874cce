//! `urllib.parse`: addresses taken apart and put together, and what is quoted in them.
use crate::iter::Iterable;
use crate::object::try_str;
use crate::prelude::*;

/// `ParseResult`, `SplitResult`: the parts of an address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParseResult {
    scheme: Str,
    netloc: Str,
    path: Str,
    params: Option<Str>,
    query: Str,
    fragment: Str,
}

/// Schemes whose addresses have a host.
const HOSTS: [&str; 12] = ["", "ftp", "http", "gopher", "nntp", "https", "shttp", "rtsp", "sftp", "svn", "ws", "wss"];

fn split(url: &str) -> (Str, Str, Str, Str, Str) {
    let url = url.trim_start_matches(|c: char| c <= ' ');
    let (mut scheme, mut rest) = (Str::new(), url);
    if let Some(at) = url.find(':')
        && url.starts_with(|c: char| c.is_ascii_alphabetic())
        && url[..at].chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    {
        scheme = Str::from(url[..at].to_ascii_lowercase());
        rest = &url[at + 1..];
    }
    let mut netloc = "";
    if let Some(after) = rest.strip_prefix("//") {
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        (netloc, rest) = after.split_at(end);
    }
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    (scheme, Str::copy_of(netloc), Str::copy_of(path), Str::copy_of(query), Str::copy_of(fragment))
}

/// `urlsplit(url)`
#[inline]
pub fn urlsplit(url: &str) -> ParseResult {
    let (scheme, netloc, path, query, fragment) = split(url);
    ParseResult { scheme, netloc, path, params: None, query, fragment }
}

/// `urlparse(url)`
#[inline]
pub fn urlparse(url: &str) -> ParseResult {
    let (scheme, netloc, path, query, fragment) = split(url);
    let with_params =
        ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "sip", "sips", "mms", "sftp", "tel"];
    let mut parts = (path.clone(), Str::new());
    if with_params.contains(&&*scheme)
        && let Some(at) =
            path.rfind('/').map_or_else(|| path.find(';'), |slash| path[slash..].find(';').map(|at| slash + at))
    {
        parts = (Str::copy_of(&path[..at]), Str::copy_of(&path[at + 1..]));
    }
    ParseResult { scheme, netloc, path: parts.0, params: Some(parts.1), query, fragment }
}

macro_rules! read {
    ($($name:ident),*) => {$(
        #[doc = concat!("`u.", stringify!($name), "`")]
        #[inline]
        pub fn $name(&self) -> Str {
            self.$name.clone()
        }
    )*};
}

impl ParseResult {
    read!(scheme, netloc, path, query, fragment);

    /// `u.params`
    #[inline]
    pub fn params(&self) -> Str {
        self.params.clone().unwrap_or_default()
    }

    fn host_part(&self) -> &str {
        self.netloc.rsplit_once('@').map_or(&self.netloc, |(_, host)| host)
    }

    /// `u.hostname`
    #[inline]
    pub fn hostname(&self) -> Option<Str> {
        let host = self.host_part();
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(rest),
            None => host.split(':').next().unwrap_or(host),
        };
        (!name.is_empty()).then(|| Str::from(name.to_lowercase()))
    }

    /// `u.port`
    #[inline]
    pub fn port(&self) -> PyResult<Option<i64>> {
        let host = self.host_part();
        let after = host.rsplit_once(']').map_or(host, |(_, rest)| rest);
        let Some((_, port)) = after.split_once(':') else { return Ok(None) };
        if port.is_empty() {
            return Ok(None);
        }
        match port.parse::<i64>() {
            Ok(port) if (0..=65535).contains(&port) => Ok(Some(port)),
            Ok(_) => Err(ValueError::new("Port out of range 0-65535")),
            Err(_) => {
                let shown = repr(&Str::copy_of(port));
                Err(ValueError::new(format!("Port could not be cast to integer value as {shown}")))
            }
        }
    }

    fn login(&self) -> Option<(&str, Option<&str>)> {
        let (login, _) = self.netloc.rsplit_once('@')?;
        Some(match login.split_once(':') {
            Some((user, password)) => (user, Some(password)),
            None => (login, None),
        })
    }

    /// `u.username`
    #[inline]
    pub fn username(&self) -> Option<Str> {
        self.login().map(|(user, _)| Str::copy_of(user))
    }

    /// `u.password`
    #[inline]
    pub fn password(&self) -> Option<Str> {
        self.login().and_then(|(_, password)| password).map(Str::copy_of)
    }

    /// `u.geturl()`
    #[inline]
    pub fn geturl(&self) -> Str {
        let mut url = self.path.to_string();
        if let Some(params) = self.params.as_ref().filter(|params| !params.is_empty()) {
            url = format!("{url};{params}");
        }
        if !self.netloc.is_empty() || url.starts_with("//") {
            if !url.is_empty() && !url.starts_with('/') {
                url.insert(0, '/');
            }
            url = format!("//{}{url}", self.netloc);
        }
        if !self.scheme.is_empty() {
            url = format!("{}:{url}", self.scheme);
        }
        if !self.query.is_empty() {
            url = format!("{url}?{}", self.query);
        }
        if !self.fragment.is_empty() {
            url = format!("{url}#{}", self.fragment);
        }
        Str::from(url)
    }
}

impl Object for ParseResult {
    fn py_type(&self) -> &'static str {
        if self.params.is_some() { "ParseResult" } else { "SplitResult" }
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        let params = self.params.as_ref().map(|params| format!("params={}, ", repr(params))).unwrap_or_default();
        write!(
            out,
            "{}(scheme={}, netloc={}, path={}, {params}query={}, fragment={})",
            self.py_type(),
            repr(&self.scheme),
            repr(&self.netloc),
            repr(&self.path),
            repr(&self.query),
            repr(&self.fragment)
        )
    }
}

impl Key for ParseResult {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        self.geturl().py_hash()
    }
}

impl Compare for ParseResult {}

impl From<ParseResult> for Value {
    #[inline]
    fn from(parts: ParseResult) -> Value {
        Value::object(parts)
    }
}

/// `urljoin(base, url)`
#[inline]
pub fn urljoin(base: &str, url: &str) -> Str {
    if base.is_empty() {
        return Str::copy_of(url);
    }
    if url.is_empty() {
        return Str::copy_of(base);
    }
    let from = urlparse(base);
    let mut to = urlparse(url);
    if to.scheme.is_empty() {
        to.scheme = from.scheme.clone();
    }
    if to.scheme != from.scheme || !HOSTS.contains(&&*to.scheme) {
        return Str::copy_of(url);
    }
    if !to.netloc.is_empty() {
        return to.geturl();
    }
    to.netloc = from.netloc.clone();
    if to.path.is_empty() && to.params().is_empty() {
        to.path = from.path.clone();
        to.params = from.params.clone();
        if to.query.is_empty() {
            to.query = from.query;
        }
        return to.geturl();
    }
    let mut parts: Vec<&str> = Vec::new();
    if to.path.starts_with('/') {
        parts.extend(to.path.split('/'));
    } else {
        parts.extend(from.path.split('/'));
        if parts.last().is_some_and(|last| !last.is_empty()) {
            parts.pop();
        }
        // The empty parts between are none.
        let inner = parts.len();
        parts = parts
            .into_iter()
            .enumerate()
            .filter(|(at, part)| *at == 0 || *at + 1 == inner && part.is_empty() || !part.is_empty())
            .map(|(_, part)| part)
            .collect();
        if parts.last() == Some(&"") && parts.len() > 1 {
            parts.pop();
        }
        parts.extend(to.path.split('/'));
    }
    let mut resolved: Vec<&str> = Vec::new();
    for part in &parts {
        match *part {
            ".." => {
                if resolved.len() > 1 || resolved.first().is_some_and(|first| !first.is_empty()) {
                    resolved.pop();
                }
            }
            "." => {}
            part => resolved.push(part),
        }
    }
    if matches!(parts.last(), Some(&"." | &"..")) {
        resolved.push("");
    }
    let path = resolved.join("/");
    to.path = Str::from(if path.is_empty() { "/".to_owned() } else { path });
    to.geturl()
}

fn quoted(text: &[u8], safe: &str, space: &str) -> Str {
    let mut out = String::new();
    for &byte in text {
        let c = char::from(byte);
        if byte.is_ascii_alphanumeric() || "_.-~".contains(c) || byte.is_ascii() && safe.contains(c) {
            out.push(c);
        } else if c == ' ' && !space.is_empty() {
            out.push_str(space);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Str::from(out)
}

/// `quote(text, safe)`
#[inline]
pub fn quote(text: &str, safe: &str) -> Str {
    quoted(text.as_bytes(), safe, "")
}

/// `quote_plus(text, safe)`
#[inline]
pub fn quote_plus(text: &str, safe: &str) -> Str {
    quoted(text.as_bytes(), safe, "+")
}

/// `unquote(text)`
#[inline]
pub fn unquote(text: &str) -> Str {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    Str::from(String::from_utf8_lossy(&out).into_owned())
}

/// `unquote_plus(text)`
#[inline]
pub fn unquote_plus(text: &str) -> Str {
    unquote(&text.replace('+', " "))
}

/// `urlencode({…})`
#[inline]
pub fn urlencode<V: Object + Clone>(query: &Dict<Str, V>) -> PyResult<Str> {
    let pairs: Vec<(Str, V)> = query.items().unchecked().collect();
    urlencode_pairs(&List::from(pairs))
}

/// `urlencode([(key, value), …])`
#[inline]
pub fn urlencode_pairs<V: Object + Clone>(query: &impl Iterable<Item = (Str, V)>) -> PyResult<Str> {
    let mut parts = Vec::new();
    for pair in query.items() {
        let (key, value) = pair?;
        parts.push(format!("{}={}", quote_plus(&key, ""), quote_plus(&try_str(&value)?, "")));
    }
    Ok(Str::from(parts.join("&")))
}

/// `parse_qsl(query)`
#[inline]
pub fn parse_qsl(query: &str, keep_blank_values: bool) -> List<(Str, Str)> {
    let mut out = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if !value.is_empty() || keep_blank_values {
            out.push((unquote_plus(key), unquote_plus(value)));
        }
    }
    List::from(out)
}

/// `parse_qs(query)`
#[inline]
pub fn parse_qs(query: &str, keep_blank_values: bool) -> Dict<Str, List<Str>> {
    let out: Dict<Str, List<Str>> = Dict::new();
    for (key, value) in &parse_qsl(query, keep_blank_values) {
        match out.get_item(&*key) {
            Ok(list) => list.append(value),
            Err(_) => out.set_item(key, List::from([value])),
        }
    }
    out
}
