//! Every role meets every right.

use strum::VariantArray;

use super::*;

#[test]
fn every_role_meets_every_right() {
    let mut table = format!("{:<11}", "");
    for right in Right::VARIANTS {
        table.push_str(&format!("{:<8}", format!("{right:?}")));
    }
    for role in Role::VARIANTS {
        table.push_str(&format!("\n{:<11}", role.to_string()));
        for right in Right::VARIANTS {
            table.push_str(if role.has(*right) { "yes     " } else { "-       " });
        }
    }
    let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
               View    Record  Mend    Steer
    viewer     yes     -       -       -
    operator   yes     -       yes     -
    supervisor yes     -       yes     yes
    admin      yes     yes     yes     yes
    integrator yes     yes     -       -
    ");
}
