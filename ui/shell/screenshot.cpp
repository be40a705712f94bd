#include "ui/shell/screenshot.h"

#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/shell/main_window.h"

#include <QDir>
#include <QPixmap>
#include <QTimer>

#include <memory>

namespace assay {

namespace {

constexpr int lookEveryMs = 50;
/// Settled for this many looks in a row: animations have ended and late answers have been painted.
constexpr int quietLooks = 6;

/// Calls `then` once, when the window has been settled for a while.
void whenSettled(MainWindow* window, std::function<void()> then) {
    auto* timer = new QTimer(window);
    auto quiet = std::make_shared<int>(0);
    QObject::connect(
        timer, &QTimer::timeout, window, [window, timer, quiet, then = std::move(then)] {
            *quiet = window->isSettled() ? *quiet + 1 : 0;
            if (*quiet < quietLooks)
                return;
            timer->stop();
            timer->deleteLater();
            then();
        });
    timer->start(lookEveryMs);
}

Result<void> save(MainWindow* window, const QString& file) {
    if (!window->grab().save(file))
        return fail("window.screenshot", {{"path", file.toStdString()}});
    return {};
}

} // namespace

void takeScreenshot(
    MainWindow* window, const Screenshot& picture, std::function<void(const Result<void>&)> done) {
    whenSettled(window, [window, picture, done = std::move(done)] {
        if (!picture.model.isEmpty()) {
            const QString folder = QDir(picture.model).absolutePath();
            window->selection()->setModel({folder, QDir(folder).dirName(), ModelRole::Base});
        }
        if (!picture.templateName.isEmpty())
            window->inspect()->picker()->setTemplateName(picture.templateName);
        if (picture.sample > 0)
            window->selection()->setSample(picture.sample);
        whenSettled(window, [window, picture, done] {
            if (picture.token > 0)
                window->inspect()->strip()->setSelectedToken(picture.token - 1);
            whenSettled(window, [window, picture, done] { done(save(window, picture.file)); });
        });
    });
}

} // namespace assay
