#include "app/assay-cli/verbs.h"

namespace assay {

void addBenchVerbs(CLI::App&) {}

} // namespace assay
