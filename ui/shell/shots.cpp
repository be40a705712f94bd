#include "ui/shell/shots.h"

#include "ui/service/project_access.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/when_settled.h"

#include <QAction>
#include <QDir>
#include <QPixmap>

#include <memory>

namespace assay {

namespace {

/// The pictures still to take.
struct Series {
    MainWindow* window;
    QList<Shot> left;
    QString folder;
    QString suffix;
    std::function<void(const Result<void>&)> done;
};
using SeriesPointer = std::shared_ptr<Series>;

void takeNext(const SeriesPointer& series);

void save(const SeriesPointer& series, const Shot& shot) {
    const QString file
        = QDir(series->folder).filePath(QStringLiteral("%1-%2.png").arg(shot.name, series->suffix));
    if (!series->window->grab().save(file))
        return series->done(fail("window.screenshot", {{"path", file.toStdString()}}));
    takeNext(series);
}

void runCommand(const SeriesPointer& series, const Shot& shot) {
    Panel* panel = series->window->area()->current();
    for (QAction* action : panel->commands())
        if (!shot.command.isEmpty() && action->objectName() == shot.command)
            action->trigger();
    whenSettled(series->window, [series, shot] { save(series, shot); });
}

void showSample(const SeriesPointer& series, const Shot& shot) {
    series->window->showPanel(shot.panel);
    if (series->window->area()->current()->id() != shot.panel)
        return series->done(fail("window.shot", {{"name", shot.name.toStdString()}}));
    if (shot.find.isEmpty())
        return whenSettled(series->window, [series, shot] { runCommand(series, shot); });
    series->window->project()->search(
        shot.find, 1, series->window, [series, shot](const Result<std::vector<SampleRow>>& rows) {
            if (!rows || rows->empty())
                return series->done(fail("window.shot", {{"name", shot.name.toStdString()}}));
            series->window->selection()->setSample(rows->front().id);
            whenSettled(series->window, [series, shot] { runCommand(series, shot); });
        });
}

void takeNext(const SeriesPointer& series) {
    if (series->left.isEmpty())
        return series->done({});
    const Shot shot = series->left.takeFirst();
    whenSettled(series->window, [series, shot] {
        if (shot.panel.isEmpty())
            save(series, shot);
        else
            showSample(series, shot);
    });
}

} // namespace

QList<Shot> startShots() {
    return {Shot{QStringLiteral("start"), {}, {}, {}}};
}

QList<Shot> usualShots() {
    const auto shot
        = [](const char* name, const char* panel, const char* find = "", const char* command = "") {
              return Shot{QString::fromLatin1(name), QString::fromLatin1(panel),
                  QString::fromUtf8(find), QString::fromLatin1(command)};
          };
    return {
        shot("data-overview", "data", "", "data.check"),
        shot("data-table", "data", "capital of Iceland", "data.table"),
        shot("review-tool-call", "review", "calculating the tip for my bill"),
        shot("review-code", "review", "MATLAB"),
        shot("review-chinese", "review", "三原色"),
        shot("pairs", "pairs"),
        shot("train", "train"),
        shot("runs", "runs"),
        shot("inspect", "inspect", "silk is sold in Morocco", "inspect.uncertain"),
        shot("inspect-chinese", "inspect", "三原色"),
        // The longest answer there is: some 4,000 tokens.
        shot("inspect-long", "inspect", "paranoid programming assistant", "inspect.uncertain"),
        shot("review-long", "review", "paranoid programming assistant"),
        shot("compare", "compare", "silk is sold in Morocco"),
    };
}

void takeShots(MainWindow* window, const QList<Shot>& shots, const QString& folder,
    const QString& suffix, std::function<void(const Result<void>&)> done) {
    QDir().mkpath(folder);
    takeNext(std::make_shared<Series>(Series{window, shots, folder, suffix, std::move(done)}));
}

} // namespace assay
