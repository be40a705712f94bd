#pragma once

namespace assay {

/// OpenMP's threads spin while they wait for each other. That gains little when the machine is otherwise idle, and
/// when it is not, they take the processor from those they wait for: training was ten times slower beside
/// another program. The policy is read when the library is loaded, before main, so this starts the program
/// anew with OMP_WAIT_POLICY=passive where neither it nor GOMP_SPINCOUNT is set. Returns otherwise.
void waitPassively(char** argv);

} // namespace assay
