#pragma once

#include <functional>

namespace assay {

class MainWindow;

/// Calls `then` once, when everything that the window was asked for has arrived and been painted,
/// or after a minute: a picture of a window that still waits says more than none.
void whenSettled(MainWindow* window, std::function<void()> then);

} // namespace assay
