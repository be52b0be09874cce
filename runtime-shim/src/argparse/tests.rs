//! What CPython 3.13 prints, byte for byte, on a terminal of 80 columns.

use super::*;
use crate::sys::PRINTED;

fn run(parser: &ArgumentParser, args: &[&str]) -> (String, String, Option<i64>) {
    crate::os::putenv("COLUMNS", "80");
    let args: List<Str> = args.iter().map(|arg| Str::copy_of(arg)).collect();
    PRINTED.take();
    let result: PyResult<Namespace> = parser.parse_args_of(&args);
    let (out, err) = PRINTED.take();
    match result {
        Ok(namespace) => (format!("{namespace}\n"), err, None),
        Err(error) => (out, err, repr(&error.arg(0)).parse().ok()),
    }
}

fn check(parser: &ArgumentParser, args: &[&str], (out, err, status): (&str, &str, Option<i64>)) {
    let (shown, complained, ended) = run(parser, args);
    assert_eq!(shown, out, "stdout of {args:?}");
    assert_eq!(complained, err, "stderr of {args:?}");
    assert_eq!(ended, status, "status of {args:?}");
}

#[test]
fn asyncq() {
    let p = ArgumentParser::new().prog("asyncq.py");
    p.add_argument(["-p", "--nprod"]).type_(int()).default(5);
    p.add_argument(["-c", "--ncon"]).type_(int()).default(10);
    check(&p, &[], ("Namespace(nprod=5, ncon=10)\n", "", None));
    check(&p, &["-p", "3"], ("Namespace(nprod=3, ncon=10)\n", "", None));
    check(&p, &["-p3", "--ncon=7"], ("Namespace(nprod=3, ncon=7)\n", "", None));
    check(&p, &["--npr", "4"], ("Namespace(nprod=4, ncon=10)\n", "", None));
    check(
        &p,
        &["--n=4"],
        (
            "",
            "usage: asyncq.py [-h] [-p NPROD] [-c NCON]\nasyncq.py: error: ambiguous option: --n=4 could match --nprod, --ncon\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["-p"],
        (
            "",
            "usage: asyncq.py [-h] [-p NPROD] [-c NCON]\nasyncq.py: error: argument -p/--nprod: expected one argument\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["-p", "x"],
        (
            "",
            "usage: asyncq.py [-h] [-p NPROD] [-c NCON]\nasyncq.py: error: argument -p/--nprod: invalid int value: 'x'\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["-x"],
        ("", "usage: asyncq.py [-h] [-p NPROD] [-c NCON]\nasyncq.py: error: unrecognized arguments: -x\n", Some(2)),
    );
    check(
        &p,
        &["-h"],
        (
            "usage: asyncq.py [-h] [-p NPROD] [-c NCON]\n\noptions:\n  -h, --help         show this help message and exit\n  -p, --nprod NPROD\n  -c, --ncon NCON\n",
            "",
            Some(0),
        ),
    );
    check(
        &p,
        &["extra"],
        ("", "usage: asyncq.py [-h] [-p NPROD] [-c NCON]\nasyncq.py: error: unrecognized arguments: extra\n", Some(2)),
    );
    check(&p, &["--nprod", "-4"], ("Namespace(nprod=-4, ncon=10)\n", "", None));
    check(
        &p,
        &["--", "a"],
        ("", "usage: asyncq.py [-h] [-p NPROD] [-c NCON]\nasyncq.py: error: unrecognized arguments: -- a\n", Some(2)),
    );
}

#[test]
fn flags() {
    let p = ArgumentParser::new()
        .prog("tool")
        .description(
            "Does   things.\nMany of them, more than fit on one line of a terminal that is eighty columns wide.",
        )
        .epilog("See %(prog)s's manual.");
    p.add_argument(["file"]).help("the file");
    p.add_argument(["rest"]).nargs("*").help("others");
    p.add_argument(["-v", "--verbose"]).action("store_true").help("say more");
    p.add_argument(["-q", "--quiet"]).action("store_false").dest("loud").help("say less");
    p.add_argument(["-d"]).action("count").default(0).help("debug level, now %(default)s");
    p.add_argument(["-n", "--number"])
        .type_(float())
        .default(1.5)
        .metavar("N")
        .help("a number (default: %(default)s, 100%%)");
    p.add_argument(["--mode"])
        .choices(&List::from([Str::from("fast"), Str::from("slow")]))
        .default("fast")
        .help("one of %(choices)s");
    p.add_argument(["--long-option-name-that-is-long"])
        .help("a help text that is so long that it must be broken into several lines, well-known as wrapping");
    p.add_argument(["-I"]).action("append").metavar("DIR");
    p.add_argument(["--const"]).action("store_const").const_(42);
    p.add_argument(["--version"]).action("version").version("%(prog)s 1.0");
    p.add_argument(["--hidden"]).help(&SUPPRESS);
    p.add_argument(["-o", "--out"]).required(true);
    p.add_argument(["--pair"]).nargs(2).type_(int());
    p.add_argument(["--opt"]).nargs("?").const_("C").default("D");
    p.add_argument(["--many"]).nargs("+");
    check(
        &p,
        &["-h"],
        (
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\n\nDoes things. Many of them, more than fit on one line of a terminal that is\neighty columns wide.\n\npositional arguments:\n  file                  the file\n  rest                  others\n\noptions:\n  -h, --help            show this help message and exit\n  -v, --verbose         say more\n  -q, --quiet           say less\n  -d                    debug level, now 0\n  -n, --number N        a number (default: 1.5, 100%)\n  --mode {fast,slow}    one of fast, slow\n  --long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG\n                        a help text that is so long that it must be broken\n                        into several lines, well-known as wrapping\n  -I DIR\n  --const\n  --version             show program's version number and exit\n  -o, --out OUT\n  --pair PAIR PAIR\n  --opt [OPT]\n  --many MANY [MANY ...]\n\nSee tool's manual.\n",
            "",
            Some(0),
        ),
    );
    check(
        &p,
        &["f", "-o", "x"],
        (
            "Namespace(file='f', rest=[], verbose=False, loud=True, d=0, number=1.5, mode='fast', long_option_name_that_is_long=None, I=None, const=None, hidden=None, out='x', pair=None, opt='D', many=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f", "a", "b", "-o", "x", "-vqddd"],
        (
            "Namespace(file='f', rest=['a', 'b'], verbose=True, loud=False, d=3, number=1.5, mode='fast', long_option_name_that_is_long=None, I=None, const=None, hidden=None, out='x', pair=None, opt='D', many=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: the following arguments are required: -o/--out\n",
            Some(2),
        ),
    );
    check(
        &p,
        &[],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: the following arguments are required: file, rest, -o/--out\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["f", "-o", "x", "--mode", "medium"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: argument --mode: invalid choice: 'medium' (choose from 'fast', 'slow')\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["f", "-o", "x", "--ver"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: ambiguous option: --ver could match --verbose, --version\n",
            Some(2),
        ),
    );
    check(&p, &["--version"], ("tool 1.0\n", "", Some(0)));
    check(
        &p,
        &["--ve"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: ambiguous option: --ve could match --verbose, --version\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["f", "-ox", "-I", "a", "-Ib", "--const"],
        (
            "Namespace(file='f', rest=[], verbose=False, loud=True, d=0, number=1.5, mode='fast', long_option_name_that_is_long=None, I=['a', 'b'], const=42, hidden=None, out='x', pair=None, opt='D', many=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f", "-o", "x", "--pair", "1"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: argument --pair: expected 2 arguments\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["f", "-o", "x", "--pair", "1", "2", "--opt"],
        (
            "Namespace(file='f', rest=[], verbose=False, loud=True, d=0, number=1.5, mode='fast', long_option_name_that_is_long=None, I=None, const=None, hidden=None, out='x', pair=[1, 2], opt='C', many=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f", "-o", "x", "--opt", "E", "--many", "a", "b"],
        (
            "Namespace(file='f', rest=[], verbose=False, loud=True, d=0, number=1.5, mode='fast', long_option_name_that_is_long=None, I=None, const=None, hidden=None, out='x', pair=None, opt='E', many=['a', 'b'])\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f", "-o", "x", "--many"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: argument --many: expected at least one argument\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["f", "-o=x"],
        (
            "Namespace(file='f', rest=[], verbose=False, loud=True, d=0, number=1.5, mode='fast', long_option_name_that_is_long=None, I=None, const=None, hidden=None, out='x', pair=None, opt='D', many=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f", "-vx", "-o", "y"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: unrecognized arguments: -x\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["f", "--verbose=1", "-o", "y"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: argument -v/--verbose: ignored explicit argument '1'\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["--out", "x", "--", "-f"],
        (
            "Namespace(file='-f', rest=[], verbose=False, loud=True, d=0, number=1.5, mode='fast', long_option_name_that_is_long=None, I=None, const=None, hidden=None, out='x', pair=None, opt='D', many=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f", "-o", "x", "--hidden", "h"],
        (
            "Namespace(file='f', rest=[], verbose=False, loud=True, d=0, number=1.5, mode='fast', long_option_name_that_is_long=None, I=None, const=None, hidden='h', out='x', pair=None, opt='D', many=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["f", "-n", "abc", "-o", "x"],
        (
            "",
            "usage: tool [-h] [-v] [-q] [-d] [-n N] [--mode {fast,slow}]\n            [--long-option-name-that-is-long LONG_OPTION_NAME_THAT_IS_LONG]\n            [-I DIR] [--const] [--version] -o OUT [--pair PAIR PAIR]\n            [--opt [OPT]] [--many MANY [MANY ...]]\n            file [rest ...]\ntool: error: argument -n/--number: invalid float value: 'abc'\n",
            Some(2),
        ),
    );
}

#[test]
fn groups() {
    let p = ArgumentParser::new().prog("g").formatter_class(HelpFormatter::ArgumentDefaults);
    let g = p.add_argument_group(Some(Str::from("network")), Some(Str::from("How to connect.")));
    g.add_argument(["--host"]).default("localhost").help("the host");
    g.add_argument(["--port"]).type_(int()).default(80).help("the port");
    let x = p.add_mutually_exclusive_group(true);
    x.add_argument(["-a"]).action("store_true").help("first");
    x.add_argument(["-b"]).action("store_true").help("second");
    p.add_argument(["--size"]).type_(int()).choices(&List::from([1, 2, 3]));
    p.add_argument(["items"]).nargs("+").type_(int());
    check(
        &p,
        &["-h"],
        (
            "usage: g [-h] [--host HOST] [--port PORT] (-a | -b) [--size {1,2,3}]\n         items [items ...]\n\npositional arguments:\n  items\n\noptions:\n  -h, --help      show this help message and exit\n  -a              first (default: False)\n  -b              second (default: False)\n  --size {1,2,3}\n\nnetwork:\n  How to connect.\n\n  --host HOST     the host (default: localhost)\n  --port PORT     the port (default: 80)\n",
            "",
            Some(0),
        ),
    );
    check(
        &p,
        &["-a", "1", "2"],
        ("Namespace(host='localhost', port=80, a=True, b=False, size=None, items=[1, 2])\n", "", None),
    );
    check(
        &p,
        &["1"],
        (
            "",
            "usage: g [-h] [--host HOST] [--port PORT] (-a | -b) [--size {1,2,3}]\n         items [items ...]\ng: error: one of the arguments -a -b is required\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["-a", "-b", "1"],
        (
            "",
            "usage: g [-h] [--host HOST] [--port PORT] (-a | -b) [--size {1,2,3}]\n         items [items ...]\ng: error: argument -b: not allowed with argument -a\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["-a"],
        (
            "",
            "usage: g [-h] [--host HOST] [--port PORT] (-a | -b) [--size {1,2,3}]\n         items [items ...]\ng: error: the following arguments are required: items\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["-a", "--size", "5", "1"],
        (
            "",
            "usage: g [-h] [--host HOST] [--port PORT] (-a | -b) [--size {1,2,3}]\n         items [items ...]\ng: error: argument --size: invalid choice: 5 (choose from 1, 2, 3)\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["-b", "1", "x"],
        (
            "",
            "usage: g [-h] [--host HOST] [--port PORT] (-a | -b) [--size {1,2,3}]\n         items [items ...]\ng: error: argument items: invalid int value: 'x'\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["1", "-a", "2"],
        (
            "",
            "usage: g [-h] [--host HOST] [--port PORT] (-a | -b) [--size {1,2,3}]\n         items [items ...]\ng: error: unrecognized arguments: 2\n",
            Some(2),
        ),
    );
}

#[test]
fn raw() {
    let p = ArgumentParser::new()
        .prog("r")
        .formatter_class(HelpFormatter::RawDescription)
        .description("A\n  B\nC")
        .allow_abbrev(false)
        .add_help(false);
    p.add_argument(["-1", "--one"]).action("store_true");
    p.add_argument(["--flag"]).action(&BOOLEAN_OPTIONAL_ACTION).default(true);
    p.add_argument(["x"]).nargs("?").type_(int()).default("7");
    check(&p, &["-h"], ("", "usage: r [-1] [--flag | --no-flag] [x]\nr: error: unrecognized arguments: -h\n", Some(2)));
    check(&p, &[], ("Namespace(one=False, flag=True, x=7)\n", "", None));
    check(&p, &["--no-flag"], ("Namespace(one=False, flag=False, x=7)\n", "", None));
    check(
        &p,
        &["--fla"],
        ("", "usage: r [-1] [--flag | --no-flag] [x]\nr: error: unrecognized arguments: --fla\n", Some(2)),
    );
    check(&p, &["-1"], ("Namespace(one=True, flag=True, x=7)\n", "", None));
    check(&p, &["-2"], ("", "usage: r [-1] [--flag | --no-flag] [x]\nr: error: unrecognized arguments: -2\n", Some(2)));
    check(&p, &["5"], ("Namespace(one=False, flag=True, x=5)\n", "", None));
}

#[test]
fn commands() {
    let p = ArgumentParser::new().prog("git");
    p.add_argument(["--debug"]).action("store_true");
    let s = p.add_subparsers().dest("cmd").help("what to do").required(true);
    let a = s.add_parser("add", Some(Str::from("adds")));
    a.add_argument(["path"]);
    a.add_argument(["-f"]).action("store_true");
    let c = s.add_parser("commit", None);
    c.add_argument(["-m"]).default("msg");
    check(
        &p,
        &["-h"],
        (
            "usage: git [-h] [--debug] {add,commit} ...\n\npositional arguments:\n  {add,commit}  what to do\n    add         adds\n\noptions:\n  -h, --help    show this help message and exit\n  --debug\n",
            "",
            Some(0),
        ),
    );
    check(
        &p,
        &["add", "-h"],
        (
            "usage: git add [-h] [-f] path\n\npositional arguments:\n  path\n\noptions:\n  -h, --help  show this help message and exit\n  -f\n",
            "",
            Some(0),
        ),
    );
    check(&p, &["add", "x", "-f"], ("Namespace(debug=False, cmd='add', path='x', f=True)\n", "", None));
    check(&p, &["--debug", "commit"], ("Namespace(debug=True, cmd='commit', m='msg')\n", "", None));
    check(
        &p,
        &[],
        (
            "",
            "usage: git [-h] [--debug] {add,commit} ...\ngit: error: the following arguments are required: cmd\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["push"],
        (
            "",
            "usage: git [-h] [--debug] {add,commit} ...\ngit: error: argument cmd: invalid choice: 'push' (choose from 'add', 'commit')\n",
            Some(2),
        ),
    );
    check(
        &p,
        &["add"],
        ("", "usage: git add [-h] [-f] path\ngit add: error: the following arguments are required: path\n", Some(2)),
    );
    check(
        &p,
        &["commit", "-m", "x", "y"],
        ("", "usage: git [-h] [--debug] {add,commit} ...\ngit: error: unrecognized arguments: y\n", Some(2)),
    );
}

#[test]
fn long() {
    let p = ArgumentParser::new().prog("a-program-with-a-name");
    for n in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta-option"] {
        p.add_argument([&*format!("--{n}")]).metavar(&format!("{}_VALUE", n.to_uppercase()));
    }
    p.add_argument(["source"]);
    p.add_argument(["destination"]).nargs("?");
    check(
        &p,
        &["-h"],
        (
            "usage: a-program-with-a-name [-h] [--alpha ALPHA_VALUE] [--beta BETA_VALUE]\n                             [--gamma GAMMA_VALUE] [--delta DELTA_VALUE]\n                             [--epsilon EPSILON_VALUE]\n                             [--zeta-option ZETA-OPTION_VALUE]\n                             source [destination]\n\npositional arguments:\n  source\n  destination\n\noptions:\n  -h, --help            show this help message and exit\n  --alpha ALPHA_VALUE\n  --beta BETA_VALUE\n  --gamma GAMMA_VALUE\n  --delta DELTA_VALUE\n  --epsilon EPSILON_VALUE\n  --zeta-option ZETA-OPTION_VALUE\n",
            "",
            Some(0),
        ),
    );
    check(
        &p,
        &["s"],
        (
            "Namespace(alpha=None, beta=None, gamma=None, delta=None, epsilon=None, zeta_option=None, source='s', destination=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &["s", "--z", "1"],
        (
            "Namespace(alpha=None, beta=None, gamma=None, delta=None, epsilon=None, zeta_option='1', source='s', destination=None)\n",
            "",
            None,
        ),
    );
    check(
        &p,
        &[],
        (
            "",
            "usage: a-program-with-a-name [-h] [--alpha ALPHA_VALUE] [--beta BETA_VALUE]\n                             [--gamma GAMMA_VALUE] [--delta DELTA_VALUE]\n                             [--epsilon EPSILON_VALUE]\n                             [--zeta-option ZETA-OPTION_VALUE]\n                             source [destination]\na-program-with-a-name: error: the following arguments are required: source\n",
            Some(2),
        ),
    );
}
