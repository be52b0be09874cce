//! `cargo xtask bench-startup`: how long one waits for a program to start, beside the same program on tokio.
//!
//! Both sides run the same little crawl. What counts is CPU time (user and system) of everything that was started, so
//! that a second core helps nobody; crates are fetched before. Then the speed of the translation alone.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

const PYTHON: &str = include_str!("../bench/startup.py");
const TOKIO: &str = include_str!("../bench/startup_tokio.rs");
/// How often what is short is measured. The least counts: whatever else the machine does only adds.
const SHORT: usize = 5;
/// How often a first run on a machine is measured.
const FIRST: usize = 2;
/// How long the programs are that are translated, in lines; some less or more.
const LINES: [usize; 3] = [10_000, 50_000, 100_000];

type Outcome<T> = Result<T, Box<dyn Error>>;
/// Ours and tokio's.
type Pair = (Duration, Duration);

/// Prints the table.
pub fn bench_startup(root: &Path) -> Outcome<()> {
    let bench = Bench::new(root)?;
    bench.fetch()?;
    println!("| CPU time | aio2rust | tokio | ratio |\n|---|--:|--:|--:|");
    let first = (0..FIRST).map(|_| {
        bench.clean()?;
        Ok((bench.run("crawl.py")?, bench.cargo("crawl")?))
    });
    report("first run on a machine", least(first)?);
    bench.compare()?;
    let new = (0..SHORT).map(|n| {
        let name = format!("other_{n}");
        bench.write(&name, &format!("in round {n}"))?;
        Ok((bench.run(&format!("{name}.py"))?, bench.cargo(&name)?))
    });
    report("a new program", least(new)?);
    let edited = (0..SHORT).map(|n| {
        bench.write("crawl", &format!("in edit {n}"))?;
        Ok((bench.run("crawl.py")?, bench.cargo("crawl")?))
    });
    report("an edited program", least(edited)?);
    bench.unchanged()?;
    bench.translation()
}

fn report(what: &str, (ours, tokios): Pair) {
    let ratio = ours.as_secs_f64() / tokios.as_secs_f64();
    println!("| {what} | {:.2} s | {:.2} s | {ratio:.2} |", ours.as_secs_f64(), tokios.as_secs_f64());
}

/// The least of each side.
fn least(pairs: impl Iterator<Item = Outcome<Pair>>) -> Outcome<Pair> {
    let mut least = (Duration::MAX, Duration::MAX);
    for pair in pairs {
        let (ours, tokios) = pair?;
        least = (least.0.min(ours), least.1.min(tokios));
    }
    Ok(least)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A folder with both sides in it; removed at the end.
struct Bench {
    folder: PathBuf,
    tool: PathBuf,
}

impl Bench {
    fn new(root: &Path) -> Outcome<Bench> {
        let built = Command::new("cargo")
            .args(["build", "--quiet", "--release", "--bin", "aio2rust"])
            .current_dir(root)
            .status()?;
        if !built.success() {
            return Err("aio2rust does not build".into());
        }
        let folder = std::env::temp_dir().join(format!("aio2rust-bench-{}", std::process::id()));
        let bench = Bench { folder, tool: root.join("target/release/aio2rust") };
        bench.write("crawl", "")?;
        Ok(bench)
    }

    /// Writes a program for both sides, with a remark that makes it another one.
    fn write(&self, name: &str, remark: &str) -> Outcome<()> {
        let package = self.folder.join(name);
        fs::create_dir_all(package.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\ntokio = {{ version = \"1\", \
             features = [\"full\"] }}\n\n[workspace]\n"
        );
        if !package.join("Cargo.toml").exists() {
            fs::write(package.join("Cargo.toml"), manifest)?;
        }
        let lock = self.folder.join("crawl/Cargo.lock");
        if lock.exists() && name != "crawl" {
            let text = fs::read_to_string(lock)?.replace("name = \"crawl\"", &format!("name = \"{name}\""));
            fs::write(package.join("Cargo.lock"), text)?;
        }
        fs::write(package.join("src/main.rs"), TOKIO.replace("is missing", &format!("is missing {remark}")))?;
        fs::write(
            self.folder.join(format!("{name}.py")),
            PYTHON.replace("is missing", &format!("is missing {remark}")),
        )?;
        Ok(())
    }

    /// Gets the crates of both sides.
    fn fetch(&self) -> Outcome<()> {
        self.spend(Command::new("cargo").args(["fetch", "--quiet"]).current_dir(self.folder.join("crawl")))?;
        let package = self.folder.join("package");
        self.spend(self.tool().args(["convert", "crawl.py", "-o"]).arg(&package))?;
        self.spend(Command::new("cargo").args(["fetch", "--quiet"]).current_dir(&package))?;
        Ok(())
    }

    /// Leaves nothing built.
    fn clean(&self) -> Outcome<()> {
        for folder in ["cache", "target"] {
            let folder = self.folder.join(folder);
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(())
    }

    /// Both programs say the same. Which of the workers does what is up to the clock.
    fn compare(&self) -> Outcome<()> {
        let ours = lines(self.tool().args(["run", "crawl.py"]))?;
        let tokios = lines(&mut Command::new(self.folder.join("target/debug/crawl")))?;
        match ours == tokios {
            true => Ok(()),
            false => Err(format!("the programs differ:\n{ours:#?}\n{tokios:#?}").into()),
        }
    }

    fn tool(&self) -> Command {
        let mut command = Command::new(&self.tool);
        command.env("AIO2RUST_CACHE", self.folder.join("cache")).current_dir(&self.folder);
        command
    }

    fn run(&self, file: &str) -> Outcome<Duration> {
        self.spend(self.tool().args(["run", file]))
    }

    fn cargo(&self, name: &str) -> Outcome<Duration> {
        let target = self.folder.join("target");
        let mut command = Command::new("cargo");
        command.args(["run", "--quiet"]).env("CARGO_TARGET_DIR", target).current_dir(self.folder.join(name));
        self.spend(&mut command)
    }

    /// Runs a command; the CPU time of it and its children.
    fn spend(&self, command: &mut Command) -> Outcome<Duration> {
        let before = children()?;
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
        if !status.success() {
            return Err(format!("{command:?} failed").into());
        }
        Ok(children()?.saturating_sub(before))
    }

    /// An unchanged program against its binary: what the tool adds, on the clock.
    fn unchanged(&self) -> Outcome<()> {
        fs::write(self.folder.join("empty.py"), "")?;
        self.run("empty.py")?;
        self.spend(self.tool().args(["build", "empty.py", "-o", "empty"]))?;
        let clock = |command: &mut Command| -> Outcome<Duration> {
            let start = Instant::now();
            self.spend(command)?;
            Ok(start.elapsed())
        };
        let through: Outcome<Vec<Duration>> = (0..50).map(|_| clock(self.tool().args(["run", "empty.py"]))).collect();
        let direct: Outcome<Vec<Duration>> =
            (0..50).map(|_| clock(&mut Command::new(self.folder.join("empty")))).collect();
        let added = median(through?).saturating_sub(median(direct?));
        println!("\nAn unchanged program: {:.1} ms above running the binary, by the clock.", added.as_secs_f64() * 1e3);
        Ok(())
    }

    fn translation(&self) -> Outcome<()> {
        for lines in LINES {
            let text = generated(lines);
            let lines = text.lines().count();
            fs::write(self.folder.join("large.py"), text)?;
            let convert = || self.spend(self.tool().args(["convert", "large.py"]));
            let spent: Outcome<Vec<Duration>> = (0..SHORT).map(|_| convert()).collect();
            let spent = spent?.into_iter().min().unwrap_or_default();
            println!(
                "Translation: {lines} lines in {:.2} s, {:.3} million lines a second.",
                spent.as_secs_f64(),
                lines as f64 / spent.as_secs_f64() / 1e6
            );
        }
        Ok(())
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What a program prints, less the names of workers.
fn lines(command: &mut Command) -> Outcome<Vec<String>> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        return Err(format!("{command:?} failed").into());
    }
    let text = String::from_utf8(output.stdout)?;
    let mut lines: Vec<String> =
        text.lines().map(|line| line.strip_prefix("worker-").map_or(line, |rest| &rest[1..]).to_string()).collect();
    lines.sort();
    Ok(lines)
}

/// CPU time of all children that ended.
fn children() -> Outcome<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(Duration::from_micros(micros.try_into()?))
}

/// A program of many functions and classes, none like the next.
fn generated(lines: usize) -> String {
    let mut text = String::from("import asyncio\n\n");
    let mut calls = String::from("\n\nasync def main():\n    total = 0\n");
    for n in 0.. {
        if text.lines().count() >= lines.saturating_sub(2 * n) {
            break;
        }
        for part in n * 50..n * 50 + 50 {
            text.push_str(&unit(part));
            calls.push_str(&format!("    total += await handle_{part}(\"unit\", [{part}, 2, 3])\n"));
        }
    }
    calls.push_str("    print(total)\n\n\nasyncio.run(main())\n");
    text + &calls
}

fn unit(n: usize) -> String {
    format!(
        r#"
class Account{n}:
    """The account of customer {n}."""

    def __init__(self, name, limit={n}):
        self.name = name
        self.limit = limit
        self.items = []

    def add(self, item):
        # More than the limit is refused.
        if len(self.items) > self.limit:
            raise ValueError(f"{{self.name}}: {{item}} is over {{self.limit}}")
        self.items.append(item)
        return len(self.items)


async def handle_{n}(name, values):
    account = Account{n}(name)
    counts = {{}}
    for value in values:
        try:
            count = account.add(value)
            counts[name] = count
        except ValueError as error:
            print("refused:", error)
            continue
        await asyncio.sleep(0)
    text = ", ".join(str(value) for value in values if value > 1)
    print(f"{{name}}: {{text}} {{counts}}")
    return sum(values) * {n}

"#
    )
}
