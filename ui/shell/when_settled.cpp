#include "ui/shell/when_settled.h"

#include "ui/shell/main_window.h"

#include <QTimer>

#include <memory>

namespace assay {

namespace {

constexpr int lookEveryMs = 50;
/// Settled for this many looks in a row: animations have ended and late answers have been painted.
constexpr int quietLooks = 6;
constexpr int mostLooks = 60'000 / lookEveryMs;

} // namespace

void whenSettled(MainWindow* window, std::function<void()> then) {
    auto* timer = new QTimer(window);
    auto quiet = std::make_shared<int>(0);
    auto looks = std::make_shared<int>(0);
    QObject::connect(
        timer, &QTimer::timeout, window, [window, timer, quiet, looks, then = std::move(then)] {
            *quiet = window->isSettled() ? *quiet + 1 : 0;
            if (*quiet < quietLooks && ++*looks < mostLooks)
                return;
            timer->stop();
            timer->deleteLater();
            then();
        });
    timer->start(lookEveryMs);
}

} // namespace assay
