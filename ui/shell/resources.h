#pragma once

namespace assay {

/// Makes the icons that are linked into the library known to Qt, and installs the English plurals;
/// once, before the first window.
void initResources();

} // namespace assay
