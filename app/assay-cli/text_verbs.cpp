#include "app/assay-cli/verbs.h"

namespace assay {

void addTextVerbs(CLI::App&) {}

} // namespace assay
