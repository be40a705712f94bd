#include "ui/shell/screenshot.h"

#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/shell/main_window.h"
#include "ui/shell/when_settled.h"

#include <QDir>
#include <QPixmap>

namespace assay {

namespace {

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
