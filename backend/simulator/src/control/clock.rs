//! The simulator's time.

use actix_web::web::{Data, Json};

use crate::api::{ClockState, SetClock};
use crate::events;
use crate::simulator::Simulator;

pub(crate) async fn get(simulator: Data<Simulator>) -> Json<ClockState> {
    Json(state(&simulator))
}

pub(crate) async fn put(simulator: Data<Simulator>, set: Json<SetClock>) -> Json<ClockState> {
    simulator.clock().set(set.now_ms);
    events::expire_overdue(&simulator);
    Json(state(&simulator))
}

fn state(simulator: &Simulator) -> ClockState {
    let clock = simulator.clock();
    // Counted first: an errand that lies down in between is then busy for a moment longer, and never overlooked.
    let (sleeping, first) = clock.sleeping_errands();
    let busy = simulator.pending().saturating_sub(sleeping);
    let next = [first, events::next_end_of_life(simulator)];
    ClockState {
        now_ms: clock.now_ms(),
        is_set: clock.is_set(),
        busy,
        next_ms: next.into_iter().flatten().min(),
    }
}
