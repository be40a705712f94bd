// What the window can be told to do: the menu, the command palette, exports, preferences.

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/export_view.h"
#include "ui/common/on_result.h"
#include "ui/common/settings.h"
#include "ui/service/engine_program.h"
#include "ui/service/engine_session.h"
#include "ui/shell/activity_rail.h"
#include "ui/shell/help_drawer.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/preferences.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QtConcurrent>

namespace assay {

void MainWindow::buildMenu() {
    QMenu* menu = m_top->menu();
    const auto add = [this, menu](const QString& text, const QKeySequence& key, auto action) {
        QAction* entry = menu->addAction(text);
        entry->setShortcut(key);
        entry->setShortcutContext(Qt::WindowShortcut);
        connect(entry, &QAction::triggered, this, action);
        addAction(entry);
        return entry;
    };
    add(tr("New project…"), QKeySequence::New, [this] { askForNewProject(); });
    add(tr("Open project…"), QKeySequence::Open, [this] { askForProject(); });
    add(tr("Start page"), QKeySequence(QStringLiteral("Ctrl+Shift+H")), [this] {
        m_stack->setCurrentIndex(0);
        m_help->hide();
    });
    menu->addSeparator();
    m_exports = menu->addMenu(tr("Export"));
    connect(m_exports, &QMenu::aboutToShow, this, &MainWindow::buildExportMenu);
    menu->addSeparator();
    add(tr("Search samples, panels and commands"), QKeySequence(QStringLiteral("Ctrl+K")),
        [this] { openPalette(); });
    add(tr("Help"), QKeySequence(Qt::Key_F1), [this] { showHelp(!m_help->isVisible()); });
    add(tr("Light or dark"), QKeySequence(QStringLiteral("Ctrl+Shift+L")), [this] {
        setTheme(tokens().kind == ThemeKind::Dark ? ThemeKind::Light : ThemeKind::Dark);
        m_settings->set(Settings::keys().theme, themeName(tokens().kind));
    });
    add(tr("Preferences…"), QKeySequence(QStringLiteral("Ctrl+,")), [this] { showPreferences(); });
    menu->addSeparator();
    add(tr("Restart the engine"), QKeySequence(QStringLiteral("Ctrl+Shift+R")),
        [this] { m_engine->restart(); });
    menu->addSeparator();
    add(tr("Quit"), QKeySequence::Quit, [this] { close(); });
    connect(m_top, &TopBar::searchWanted, this, &MainWindow::openPalette);
}

void MainWindow::buildExportMenu() {
    m_exports->clear();
    Panel* panel = m_area->current();
    const bool inSight = panel && m_stack->currentWidget() == m_area;
    if (!inSight) {
        m_exports->addAction(tr("Nothing is open"))->setEnabled(false);
        return;
    }
    QList<PanelExport> what = panel->exports();
    what.append(
        {tr("Picture of %1").arg(panel->title()), {QStringLiteral("png"), QStringLiteral("svg")},
            [panel](const QString& file) { return saveWidgetPicture(panel, file); }});
    for (const PanelExport& one : std::as_const(what))
        connect(m_exports->addAction(one.name + QStringLiteral("…")), &QAction::triggered, this,
            [this, one] { saveExport(one); });
}

void MainWindow::saveExport(const PanelExport& what) {
    QStringList filters;
    for (const QString& suffix : what.suffixes)
        filters.append(QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    QString name = what.name;
    const QString start = QDir(m_selection->project())
                              .filePath(QStringLiteral("exports/%1.%2")
                                            .arg(name.replace(QLatin1Char('/'), QLatin1Char('-')),
                                                what.suffixes.constFirst()));
    QString chosen;
    QString file = QFileDialog::getSaveFileName(
        this, what.name, start, filters.join(QStringLiteral(";;")), &chosen);
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += QLatin1Char('.') + what.suffixes.value(filters.indexOf(chosen), what.suffixes[0]);
    const auto tell = [this, file](const Result<void>& written) {
        if (!written)
            m_status->showMessage(errorParagraph(written.error()), Tone::Wrong);
        else
            m_status->showMessage(
                tr("%1 is saved.").arg(QDir::toNativeSeparators(file)), Tone::Right);
    };
    if (!what.prepare)
        return tell(what.write(file));
    m_status->showMessage(tr("Saving %1…").arg(QDir::toNativeSeparators(file)), Tone::Plain);
    onResult(this, QtConcurrent::run(what.prepare(file)), tell);
}

void MainWindow::showPreferences() {
    const auto built = [this] {
        return std::pair(m_settings->get(Settings::keys().language),
            m_settings->get(Settings::keys().comfortable));
    };
    const auto before = built();
    Preferences dialog(m_settings, this);
    connect(&dialog, &Preferences::themeChosen, this,
        [this] { setTheme(themeFromName(m_settings->get(Settings::keys().theme))); });
    connect(&dialog, &Preferences::engineChosen, this, &MainWindow::applyEngineCommand);
    dialog.exec();
    if (built() != before)
        Q_EMIT rebuildWanted();
}

void MainWindow::applyEngineCommand() {
    const QString command = m_settings->get(Settings::keys().engineCommand);
    m_engine->setCommand(command.isEmpty() ? usualEngineCommand() : command);
    m_engine->restart();
}

void MainWindow::fillRailMenu(int index, const QPoint& at) {
    Panel* panel = m_panels[index];
    QMenu menu;
    connect(menu.addAction(tr("Show alone")), &QAction::triggered, this,
        [this, panel] { m_area->showAlone(panel); });
    connect(menu.addAction(tr("Show beside the current panel")), &QAction::triggered, this,
        [this, panel] { m_area->showBeside(panel); });
    connect(menu.addAction(tr("Show in a window of its own")), &QAction::triggered, this,
        [this, panel] { m_area->showInWindow(panel); });
    QAction* away = menu.addAction(tr("Close"));
    away->setEnabled(m_area->visiblePanels().size() > 1 && m_area->visiblePanels().contains(panel));
    connect(away, &QAction::triggered, this, [this, panel] { m_area->putAway(panel); });
    menu.exec(at);
}

void MainWindow::openPalette() {
    m_palette->open(paletteEntries(),
        hasProject() ? CommandPalette::Search(
            [this](const QString& text, auto found) { searchSamples(text, std::move(found)); })
                     : CommandPalette::Search());
}

QList<PaletteEntry> MainWindow::paletteEntries() {
    QList<PaletteEntry> entries;
    const auto fromAction = [&entries](QAction* action, const QString& kind) {
        if (action->text().isEmpty() || action->isSeparator())
            return;
        entries.append({action->text().remove(QLatin1Char('&')), kind,
            action->shortcut().toString(QKeySequence::NativeText), action->isEnabled(),
            [action = QPointer<QAction>(action)] {
                if (action)
                    action->trigger();
            }});
    };
    if (hasProject()) {
        for (int i = 0; i < m_panels.size(); ++i)
            entries.append({m_panels[i]->title(), tr("panel"),
                i < 9 ? QStringLiteral("Ctrl+%1").arg(i + 1) : QString(), true,
                [this, i] { showPanelAt(i); }});
        for (int i = 0; i < m_panels.size(); ++i)
            entries.append({tr("%1 beside the current panel").arg(m_panels[i]->title()),
                tr("layout"), {}, true, [this, i] { m_area->showBeside(m_panels[i]); }});
        for (const Panel* panel : m_area->visiblePanels())
            for (QAction* action : panel->commands())
                fromAction(action, panel->title());
        if (Panel* panel = m_area->current())
            for (const PanelExport& one : panel->exports())
                entries.append({tr("Export: %1").arg(one.name), panel->title(), {}, true,
                    [this, one] { saveExport(one); }});
    }
    for (QAction* action : actions())
        fromAction(action, tr("window"));
    for (const QString& folder : m_settings->get(Settings::keys().recentProjects))
        if (folder != m_selection->project())
            entries.append({tr("Open %1").arg(QDir(folder).dirName()), tr("project"), {}, true,
                [this, folder] { openProject(folder); }});
    return entries;
}

void MainWindow::searchSamples(
    const QString& text, std::function<void(QList<PaletteEntry>)> found) {
    constexpr int mostSamples = 8;
    m_project->search(text, mostSamples, this,
        [this, found = std::move(found)](const Result<std::vector<SampleRow>>& rows) {
            QList<PaletteEntry> entries;
            if (rows)
                for (const SampleRow& row : *rows)
                    entries.append({QString::fromStdString(row.queryPreview.empty()
                                            ? row.answerPreview
                                            : row.queryPreview),
                        tr("sample %1 · %2").arg(row.id).arg(QString::fromStdString(row.channel)),
                        {}, true, [this, id = row.id] { m_selection->setSample(id); }});
            found(std::move(entries));
        });
}

} // namespace assay
