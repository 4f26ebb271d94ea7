//! One scenario, on either engine.

use super::{Engine, TestApp};

/// Runs a scenario over a Sverka of its own.
pub fn run(engine: Engine, scenario: impl AsyncFnOnce(&TestApp)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let app = TestApp::spawn(engine).await;
        scenario(&app).await;
        app.finish().await;
    });
}

/// Makes a test of each scenario on each engine. A scenario that is missing from the list is dead code, and so a warning.
#[macro_export]
macro_rules! on_both_engines {
    ($($scenario:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[test]
                fn $scenario() {
                    $crate::whole::run($crate::whole::Engine::Sqlite, super::$scenario);
                }
            )+
        }

        mod postgres {
            $(
                #[test]
                fn $scenario() {
                    $crate::whole::run($crate::whole::Engine::Postgres, super::$scenario);
                }
            )+
        }
    };
}
