from urllib.parse import urlparse, urljoin, urlsplit, quote, unquote, urlencode, parse_qs, quote_plus, parse_qsl
u = urlparse("https://user@example.com:8080/a/b;p?q=1&r=2#frag")
print(u.scheme, u.netloc, u.path, u.params, u.query, u.fragment, u.hostname, u.port, u.username)
print(u.geturl())
s = urlsplit("http://x.org/path?k=v")
print(s.scheme, s.netloc, s.path, s.query, s.hostname, s.port)
print(urljoin("http://a.com/b/c", "d"), urljoin("http://a.com/b/c", "/d"), urljoin("http://a.com/b/", "../x"), urljoin("http://a.com", "https://z.org/q"))
print(quote("a b/c&d"), quote_plus("a b/c"), unquote("a%20b%C3%A9"), quote("é", safe=""))
print(urlencode({"a": 1, "b": "x y"}), parse_qs("a=1&a=2&b=3"), parse_qsl("a=1&b=2"))
for link in ["index.html", "//cdn.net/x.js", "?q=1", "#top"]:
    print(urljoin("https://site.org/dir/page.html", link))
