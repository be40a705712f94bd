#include "app/assay-cli/verbs.h"

namespace assay {

void addModelVerbs(CLI::App&) {}

} // namespace assay
