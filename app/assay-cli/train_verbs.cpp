#include "app/assay-cli/verbs.h"

namespace assay {

void addTrainVerbs(CLI::App&) {}

} // namespace assay
