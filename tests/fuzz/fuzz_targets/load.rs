#![no_main]

#[path = "../properties.rs"]
#[allow(dead_code)]
mod properties;
#[path = "../../it/sim.rs"]
#[allow(dead_code)]
mod sim;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::load(bytes));
