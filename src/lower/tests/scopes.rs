//! Names, captures, live ranges, definite assignment.

use super::{check, text};

#[test]
fn live_ranges_are_split_where_no_read_joins_them() {
    check(
        "def f(c):\n    x = 1\n    print(x)\n    x = 'a'\n    print(x)\n    if c:\n        y = 1\n    else:\n        y = 2\n    print(y)\n",
        "
        def f(c):
            x#1 = 1
            print(x#1)
            x#2 = \"a\"
            print(x#2)
            if c:
                y = 1
            else:
                y = 2
            print(y)",
    );
}

#[test]
fn loops_join_what_comes_round() {
    check(
        "def f(xs):\n    n = 0\n    for x in xs:\n        n = n + x\n    t = n\n    while t:\n        t = 'a'\n        print(t)\n        t = None\n",
        "
        def f(xs):
            n = 0
            for x in xs:
                n = n + x
            t#1 = n
            while t#1:
                t#2 = \"a\"
                print(t#2)
                t#1 = None",
    );
}

#[test]
fn handlers_see_every_binding_of_the_body() {
    check(
        "def f():\n    v = 0\n    try:\n        v = 1\n        g()\n        v = 2\n    except OSError:\n        print(v)\n    v = 'done'\n    print(v)\ndef g(): pass\n",
        "
        def f():
            v#1 = 0
            try:
                v#1 = 1
                g()
                v#1 = 2
            except OSError:
                print(v#1)
            v#2 = \"done\"
            print(v#2)
        def g():
            pass",
    );
}

#[test]
fn names_that_may_be_unbound_say_so() {
    check(
        "def f(xs):\n    for x in xs:\n        last = x\n    print(last)\n    try:\n        a = g()\n    finally:\n        print('end')\n    print(a)\n    with g():\n        b = 1\n    print(b)\n    while True:\n        c = 1\n        break\n    print(c)\n    del b\ndef g(): pass\n",
        "
        def f(xs):
            locals last (maybe unbound), b (maybe unbound)
            for x in xs:
                last = x
            print(last)
            try:
                a = g()
            finally:
                print(\"end\")
            print(a)
            with g():
                b = 1
            print(b)
            while True:
                c = 1
                break
            print(c)
            del b
        def g():
            pass",
    );
}

#[test]
fn exits_make_names_sure() {
    check(
        "import sys\ndef f(c):\n    if c:\n        v = 1\n    elif c is None:\n        raise ValueError\n    else:\n        return\n    print(v)\n    if (m := c) and (n := m):\n        print(m, n)\n",
        "
        def f(c):  [returns]
            if c:
                v = 1
            else:
                if c is None:
                    raise ValueError
                else:
                    return
            print(v)
            if (m := c) and (n := m):
                print(m, n)",
    );
}

#[test]
fn closures_share_cells_only_where_it_shows() {
    check(
        "def f(a):\n    n = 0\n    k = a\n    def inc():\n        nonlocal n\n        n += k\n        return n\n    fs = [lambda: i for i in range(3)]\n    late = lambda: after\n    after = 1\n    return inc, fs, late\n",
        "
        def f(a):  [returns]
            locals n (cell), i (cell), after (cell, maybe unbound)
            n = 0
            k = a
            def inc():  [returns]
                captures n, k
                n += k
                return n
            fs = [lambda [i] : i for i in range(3)]
            late = lambda [after] : after
            after = 1
            return (inc, fs, late)",
    );
}

#[test]
fn module_variables_are_global_only_where_functions_use_them() {
    check(
        "x = 1\nx = 'a'\nG = 0\ndef f():\n    global H\n    H = G\ndef g():\n    return LATE\nf()\nprint(H)\ng\nLATE = 1\n",
        "
        vars G (global), H (global, maybe unbound), LATE (global, maybe unbound)
        x#1 = 1
        x#2 = \"a\"
        G = 0
        def f():
            H = G
        def g():  [returns]
            return LATE
        f()
        print(H)
        g
        LATE = 1",
    );
}

#[test]
fn a_name_that_is_bound_twice_is_a_variable() {
    check(
        "import random\nif random.random():\n    def f(): pass\nelse:\n    def f(): return 1\nf()\ndef g(): return h()\ndef h(): return g()\n",
        "
        if random.random():
            bind f:
            def f():
                pass
        else:
            bind f:
            def f():  [returns]
                return 1
        f()
        def g():  [returns]
            return h()
        def h():  [returns]
            return g()",
    );
}

#[test]
fn defaults_are_kept_once_unless_they_are_literals() {
    check(
        "def f(a, b=1, c=-1, d=(), e=[], *, g=None): pass\nfs = [lambda i=i: i for i in range(3)]\n",
        "
        vars f_e (global)
        def f(a, b = 1, c = -1, d = (), e = once f_e = [], *, g = None):
            pass
        fs = [lambda [lambda_i] i = once lambda_i = i: i for i in range(3)]",
    );
}

#[test]
fn modules_run_at_their_first_import() {
    let found = text(&[
        (
            "__main__",
            "import b\nfrom a import f, X as Y\nimport pkg.mod\nprint(f(), Y, b.f, pkg.mod.Z)\nb.counter += 1\n",
        ),
        ("a", "X = 1\ndef f(): return X\n"),
        ("b", "from a import *\nimport a\ncounter = 0\nprint(f(), a.X)\n"),
        ("pkg", ""),
        ("pkg.mod", "from ..a import X\nfrom . import mod\nZ = 2\n"),
    ]);
    let expected = "\
module a (a.py)
    vars X (global)
    X = 1
    def f():  [returns]
        return X

module b (b.py)
    vars counter (global)
    run module a
    counter = 0
    print(f(), X)

module pkg (pkg.py)

module pkg.mod (pkg/mod.py)
    vars Z (global)
    Z = 2

module __main__ (main.py)
    run module b
    run module pkg
    run module pkg.mod
    print(f(), X, f, Z)
    counter += 1
";
    assert!(found.starts_with(expected), "{found}");
}

#[test]
fn unknown_modules_and_names_are_reported_where_they_stand() {
    let found = text(&[("__main__", "import numpy as np\nfrom time import nothing\nnp.array(1)\nprint(who)\n")]);
    let findings: Vec<&str> = found.lines().filter(|line| line.starts_with("main.py")).collect();
    let expected = [
        "main.py:1:8: AIO507 the module `numpy` is neither in the project nor known",
        "main.py:2:18: AIO508 `time.nothing` is not translated",
    ];
    assert_eq!(findings, expected);
    assert!(found.contains("who (maybe unbound)"), "{found}");
}
