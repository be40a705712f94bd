#include "ui/shell/window_session.h"

#include "ui/common/fonts.h"
#include "ui/common/settings.h"
#include "ui/shell/language.h"
#include "ui/shell/panel_area.h"

#include <QApplication>

namespace assay {

WindowSession::WindowSession(Settings* settings, const Given& given)
    : m_settings(settings)
    , m_given(given) {
    build();
}

WindowSession::~WindowSession() = default;

void WindowSession::build() {
    installLanguage(
        m_given.language.isEmpty() ? m_settings->get(Settings::keys().language) : m_given.language);
    setDensity(
        m_settings->get(Settings::keys().comfortable) ? Density::Comfortable : Density::Compact);
    const QString theme
        = m_given.theme.isEmpty() ? m_settings->get(Settings::keys().theme) : m_given.theme;
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), themeFromName(theme));
    m_window = std::make_unique<MainWindow>(
        m_settings, MainWindow::Options{m_given.engineCommand, m_given.theme});
    // Not from inside the window's own function: it is deleted.
    connect(m_window.get(), &MainWindow::rebuildWanted, this, &WindowSession::rebuild,
        Qt::QueuedConnection);
}

void WindowSession::rebuild() {
    const SelectionContext& before = *m_window->selection();
    const QString project = before.project();
    const SampleFilter filter = before.filter();
    const std::optional<qint64> sample = before.sample();
    const ModelChoice base = before.model(ModelRole::Base);
    const ModelChoice tuned = before.model(ModelRole::Tuned);
    const bool basesTurn = before.activeModel() == base && !base.isEmpty();
    const QString run = before.run();
    const QRect place = m_window->geometry();
    // What was given for the start gave way to what has now been chosen.
    m_given.language.clear();
    m_given.theme = themeName(tokens().kind);
    // Between the two windows there is none, which shall not end the program.
    QGuiApplication::setQuitOnLastWindowClosed(false);
    m_window->close(); // keeps the layout; the project's lock goes with the window
    m_window.reset();
    build();
    m_window->setGeometry(place);
    m_window->show();
    QGuiApplication::setQuitOnLastWindowClosed(true);
    if (project.isEmpty())
        return Q_EMIT rebuilt();
    connect(
        m_window.get(), &MainWindow::projectOpened, this,
        [this, filter, sample, base, tuned, basesTurn, run] {
            SelectionContext* selection = m_window->selection();
            selection->setFilter(filter);
            for (const ModelChoice& model : {base, tuned})
                if (!model.isEmpty())
                    selection->setModel(model);
            if (basesTurn)
                selection->setActiveRole(ModelRole::Base);
            selection->setRun(run);
            selection->setSample(sample);
            Q_EMIT rebuilt();
        },
        Qt::SingleShotConnection);
    m_window->openProject(project);
}

} // namespace assay
