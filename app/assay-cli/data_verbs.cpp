#include "app/assay-cli/verbs.h"

namespace assay {

void addDataVerbs(CLI::App&) {}

} // namespace assay
