//! Text: methods, format specifications, `%`, `str.format`, bytes.

use super::{Feature, nothing};
use crate::generate::Generator;
use crate::generate::ty::Ty;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "str methods", define: nothing, use_: methods, legacy: true },
    Feature { name: "f-string specs", define: nothing, use_: specs, legacy: false },
    Feature { name: "% formatting", define: nothing, use_: percent, legacy: true },
    Feature { name: "str.format", define: nothing, use_: format, legacy: true },
    Feature { name: "bytes", define: nothing, use_: bytes, legacy: true },
    Feature { name: "print options", define: nothing, use_: print, legacy: true },
    Feature { name: "string building", define: nothing, use_: building, legacy: true },
];

fn methods(g: &mut Generator) {
    let text = g.random.pick(&["' Hello, World '", "'a,b,,c'", "'straße'", "'x'", "''", "'tab\\tend'"]).to_string();
    g.template(
        "\ntext = $1\nprint(repr(text.strip()), text.upper(), text.lower(), text.title(), len(text))\n",
        &[&text],
    );
    if !g.legacy {
        g.lines("print('prefix-a'.removeprefix('prefix-'), text.removesuffix(text[-1:]))");
    }
    g.some_of(&[
        "print(text.split(','), text.split(), text.rsplit(',', 1), 'a\\nb\\n'.splitlines())",
        "print(text.replace('l', 'L'), text.replace(',', ';', 1), text.find('o'), text.rfind('l'))",
        "print(text.startswith('a'), text.endswith((' ', 'c')), text.count('l'), 'World' in text)",
        "print('ab'.center(7, '*'), 'ab'.ljust(5) + '|', 'ab'.rjust(5), '42'.zfill(5), '-4'.zfill(4))",
        "print('abc'.isalpha(), '12'.isdigit(), 'a1'.isalnum(), ' '.isspace(), 'Ab'.istitle(), 'ab'.islower())",
        "print(text.partition(','), text.rpartition(','), 'k=v'.partition('='))",
        "print('-'.join(['a', 'b']), ''.join(sorted('hello')), ', '.join(map(str, [1, 2])))",
        "print('aXbX'.swapcase(), 'hello world'.capitalize(), text.casefold(), 'abc'[::-1])",
        "print('xxaxx'.strip('x'), 'prefix-a'.lstrip('prefix-'), text.lstrip(), text.rstrip())",
        "print('abc' < 'abd', 'a' * 3, 'abc'.index('b'), ord('a'), chr(98), 'é'.encode())",
        "try:\n    'abc'.index('z')\nexcept ValueError as problem:\n    print(problem)",
        "print('a-b'.translate(str.maketrans('-', '_')), 'x'.isidentifier(), '\\t'.expandtabs(4) + '|')",
        "for letter in 'héy':\n    print(letter, ord(letter), end=' ')\nprint()",
    ]);
}

fn specs(g: &mut Generator) {
    let (n, x, s) = (g.random.between(-2000, 99999).to_string(), g.expr(&Ty::Float, 1), g.expr(&Ty::Str, 1));
    g.template(
        "
n, x, s = $1, $2, $3
print(f'{n:5d}|{n:<8}|{n:>8}|{n:^9}|{n:08d}|{n:+}|{n:,}|{n:_}|{n:x}|{n:#x}|{n:b}')
print(f'{x:.2f}|{x:8.3f}|{x:e}|{x:.3g}|{x:+.1f}|{x:010.2f}|{x:%}|{x:.1%}|{x:,.2f}')
print(f'{s:10}|{s:>10}|{s:^10}|{s:.3}|{s!r:>12}|{s:*^9}')
",
        &[&n, &x, &s],
    );
    g.some_of(&[
        "width = 7\nprint(f'{n:{width}}|{s:>{width}}|{x:{width}.{2}f}')",
        "print(f'{n=} {x=:.1f} {s!r}')",
        "print(f'{n!s:>8}|{[n, x]}|{(s,)}|{None}|{True:5}|{True}')",
        "print(f'{{literal}} {n % 7} {\"q\" + s} {max(n, 3)}')",
        "print(f'{len(s):03d} {s.upper()!r} {{}} {x if n else s}')",
        "print(format(n, ','), format(x, '.1e'), format(s, '>5'), f'{1e10:g} {1e-5:g} {100000:g}')",
    ]);
}

fn percent(g: &mut Generator) {
    let (n, s) = (g.random.between(-99, 999).to_string(), g.expr(&Ty::Str, 1));
    g.template("\nn, s = $1, $2\nprint('%d %s %r' % (n, s, s), '%5d|%-5d|%05d|%+d' % (n, n, n, n))\n", &[&n, &s]);
    g.some_of(&[
        "print('%.2f %8.3f %e %g' % (n / 3, n / 3, n / 3, n / 3))",
        "print('%x %X %o %c %%' % (255, 255, 8, 'z'))",
        "print('%(name)s is %(age)d' % {'name': s, 'age': n})",
        "print('%s' % n, '%s and %s' % (None, [1]), '%10s|%-10s|' % (s, s))",
        "try:\n    print('%d' % 'x')\nexcept TypeError as problem:\n    print(problem)",
    ]);
}

fn format(g: &mut Generator) {
    let (n, s) = (g.random.between(-99, 999).to_string(), g.expr(&Ty::Str, 1));
    g.template("\nn, s = $1, $2\nprint('{} {}'.format(n, s), '{0} {1} {0}'.format(n, s))\n", &[&n, &s]);
    g.some_of(&[
        "print('{name}: {value:>6}'.format(name=s, value=n))",
        "print('{:5d}|{:<5}|{:^7}|{:+.2f}'.format(n, n, s, n / 7))",
        "print('{0[1]} {0[0]} {1!r}'.format([1, 2], s))",
        "print('{{}} {:,} {:.1%} {:>{w}}'.format(n * 1000, n / 100, s, w=8))",
        "print('{:x} {:08b} {:e}'.format(255, 5, n / 3))",
    ]);
}

fn bytes(g: &mut Generator) {
    let text = g.random.pick(&["'hello'", "'é€'", "''"]).to_string();
    g.template("\ndata = $1.encode('utf-8')\nprint(data, len(data), data.decode(), list(data)[:3])\n", &[&text]);
    g.some_of(&[
        "print(data + b'!', data * 2, data[:2], data.upper(), b'e' in data)",
        "print(b'a,b'.split(b','), b' x '.strip(), b'abc'.startswith(b'a'), b''.join([b'1', b'2']))",
        "print(data.hex(), bytes([65, 66]), bytes(2), bytes.fromhex('4142'))",
        "for byte in b'ab':\n    print(byte, end=' ')\nprint(b'ab'[0], b'ab' < b'b')",
        "try:\n    b'\\xff'.decode('utf-8')\nexcept UnicodeDecodeError as problem:\n    print(type(problem).__name__)",
    ]);
}

fn print(g: &mut Generator) {
    let s = g.expr(&Ty::Str, 1);
    g.template(
        "\nprint($1, 1, None, sep='|', end='!\\n')\nprint()\nprint('a', end='')\nprint('b', 'c', sep='')\n",
        &[&s],
    );
    g.some_of(&[
        "print([1, 'a', None, 2.0, True], (1,), {}, set(), {'k': [1]})",
        "print('tab\\there', 'quote\\'s', \"dq\\\"\", 'back\\\\slash', repr('new\\nline'))",
        "print(*[1, 2, 3], *'xy', sep=', ')",
        "print(repr('it\\'s'), repr(\"say \\\"hi\\\"\"), ascii('é'), str(b'x'))",
        "print('multi\\nline', flush=True)",
    ]);
}

fn building(g: &mut Generator) {
    let n = g.random.between(1, 6).to_string();
    g.template(
        "
out = ''
for i in range($1):
    out += str(i)
    out += ',' if i % 2 else ';'
print(out, len(out))
lines = []
for word in 'the quick brown fox'.split():
    lines.append(f'{word:>8}|{len(word)}')
print('\\n'.join(lines))
letters = ''.join(chr(ord('a') + i) for i in range($1))
print(letters, letters[::-1] + letters, {c: letters.count(c) for c in letters})
",
        &[&n],
    );
}
