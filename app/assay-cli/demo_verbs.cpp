#include "app/assay-cli/verbs.h"

namespace assay {

void addDemoVerbs(CLI::App&) {}

} // namespace assay
