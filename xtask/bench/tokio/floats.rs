//! Floats in coroutines: planets, and a set of Mandelbrot's.

use tokio::task::yield_now;

struct Body {
    x: f64,
    y: f64,
    vx: f64,
    vy: f64,
    mass: f64,
}

async fn advance(bodies: &mut [Body], steps: u32, dt: f64) {
    for step in 0..steps {
        for i in 0..bodies.len() {
            let (before, after) = bodies.split_at_mut(i + 1);
            let a = &mut before[i];
            for b in after {
                let (dx, dy) = (a.x - b.x, a.y - b.y);
                let squared = dx * dx + dy * dy + 0.01;
                let pull = dt / (squared * squared.sqrt());
                a.vx -= dx * b.mass * pull;
                a.vy -= dy * b.mass * pull;
                b.vx += dx * a.mass * pull;
                b.vy += dy * a.mass * pull;
            }
        }
        for body in &mut *bodies {
            body.x += dt * body.vx;
            body.y += dt * body.vy;
        }
        if step % 100 == 0 {
            yield_now().await;
        }
    }
}

async fn row(y: u32, size: u32) -> u32 {
    let mut inside = 0;
    for column in 0..size {
        let cr = 3.0 * f64::from(column) / f64::from(size) - 2.0;
        let ci = 2.0 * f64::from(y) / f64::from(size) - 1.0;
        let (mut zr, mut zi) = (0.0, 0.0);
        let mut n = 0;
        while n < 50 && zr * zr + zi * zi < 4.0 {
            (zr, zi) = (zr * zr - zi * zi + cr, 2.0 * zr * zi + ci);
            n += 1;
        }
        if n == 50 {
            inside += 1;
        }
    }
    yield_now().await;
    inside
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut bodies: Vec<Body> = (0..5)
        .map(|n| {
            let n = f64::from(n);
            Body { x: n * 1.5, y: n * n * 0.25, vx: 0.1 * n, vy: 0.05, mass: 1.0 + n }
        })
        .collect();
    advance(&mut bodies, 500_000, 0.001).await;
    println!("{:.6} {:.6}", bodies[0].x, bodies[4].y);
    let mut inside = 0;
    for y in 0..900 {
        inside += row(y, 900).await;
    }
    println!("{inside}");
}
