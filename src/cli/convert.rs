//! `convert`: Rust on stdout, or a Cargo package.

use std::mem::ManuallyDrop;
use std::path::Path;

use super::args::Convert;
use super::failure::Failure;
use super::inputs::{self, Translated};
use super::package::{self, Package};
use super::{findings, output};
use crate::Options;

/// Translates, and writes what comes out unless something is wrong.
pub fn convert(args: &Convert) -> Result<u8, Failure> {
    let options = Options { standalone: args.output.is_none(), ..args.translate.options()? };
    // The command ends when they are written: taking large trees apart would be for nothing.
    let programs = ManuallyDrop::new(inputs::translate(&args.paths, &options)?);
    let refused = programs.iter().find(|program| program.translation.diagnostics.has_errors());
    for program in programs.iter() {
        match refused.is_some() {
            true => findings::print_errors(&program.translation),
            false => findings::print_warnings(&program.translation),
        }
        if args.explain_dynamic {
            findings::print_blame(&program.translation);
        }
    }
    if let Some(refused) = refused {
        return Err(findings::refusal(&refused.translation));
    }
    let Some(folder) = &args.output else { return print(&programs) };
    let runtime = package::Runtime::new(&args.runtime);
    let package = Package::new(&programs, folder, &runtime, args.map)?;
    if args.check {
        return Ok(check(&package, folder));
    }
    package.write(folder, args.force)?;
    Ok(0)
}

/// Whether the folder is up to date; what is not goes to stdout's neighbour, stderr.
fn check(package: &Package, folder: &Path) -> u8 {
    let differing = package.differing(folder);
    for path in &differing {
        output::say(&format!("{} is out of date", folder.join(path).display()));
    }
    u8::from(!differing.is_empty())
}

fn print(programs: &[Translated]) -> Result<u8, Failure> {
    let [program] = programs else {
        return Err(Failure::usage("several programs make a package: say where with `-o DIR`"));
    };
    let rust: Vec<_> = program.translation.files.iter().filter(|file| file.path.ends_with(".rs")).collect();
    let [file] = rust[..] else {
        let name = program.entry.path.display();
        return Err(Failure::usage(format!(
            "`{name}` imports files beside it, so it becomes a package: say where with `-o DIR`"
        )));
    };
    output::result(&file.text)?;
    Ok(0)
}
