#include "ui/shell/status_line.h"

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QTimer>

#include <cmath>

namespace assay {

StatusLine::StatusLine(EngineSession* engine, JobWatcher* jobs, QWidget* parent)
    : QFrame(parent)
    , m_engineSession(engine)
    , m_jobWatcher(jobs) {
    setLook(this, "bar");
    setFixedHeight(scaled(26));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(12), 0, scaled(12), 0);
    row->setSpacing(scaled(6));
    m_dot = new QLabel(QStringLiteral("●"));
    m_dot->setFont(secondaryFont());
    m_engine = makeLabel(QString(), "secondary");
    m_engine->setAccessibleName(tr("Engine"));
    m_restart = new QPushButton(tr("Restart the engine"));
    setLook(m_restart, "link");
    m_restart->setFont(secondaryFont());
    m_jobs = makeLabel(QString(), "secondary");
    m_jobs->setAccessibleName(tr("Jobs"));
    row->addWidget(m_dot);
    row->addWidget(m_engine);
    row->addWidget(m_restart);
    row->addSpacing(scaled(14));
    row->addWidget(m_jobs);
    row->addStretch(1);
    m_message = makeLabel(QString(), "secondary");
    m_message->setAccessibleName(tr("Message"));
    row->addWidget(m_message);
    m_patience = new QTimer(this);
    m_patience->setSingleShot(true);
    connect(m_patience, &QTimer::timeout, this, [this] {
        m_message->clear();
        if (!m_standing.isEmpty())
            showStanding(m_standing);
    });
    connect(m_restart, &QPushButton::clicked, m_engineSession, &EngineSession::restart);
    connect(m_engineSession, &EngineSession::stateChanged, this, &StatusLine::showEngine);
    connect(m_jobWatcher, &JobWatcher::jobsChanged, this, &StatusLine::showJobs);
    showEngine();
    showJobs();
}

QString StatusLine::engineText() const {
    return m_engine->text();
}

void StatusLine::showMessage(const QString& text, Tone tone) {
    constexpr int shownMs = 12000;
    const DesignTokens& t = tokens();
    m_message->setStyleSheet(QStringLiteral("color: %1;")
                                 .arg((tone == Tone::Wrong     ? t.wrong
                                         : tone == Tone::Right ? t.right
                                                               : t.secondary)
                                          .name()));
    m_message->setText(text.section(QLatin1Char('\n'), 0, 0));
    m_message->setToolTip(text);
    m_patience->start(shownMs);
}

void StatusLine::showStanding(const QString& text) {
    m_standing = text;
    if (text.isEmpty())
        return m_message->clear();
    showMessage(text, Tone::Wrong);
    m_patience->stop();
}

QString StatusLine::message() const {
    return m_message->text();
}

void StatusLine::showEngine() {
    const DesignTokens& t = tokens();
    QColor colour = t.secondary;
    QString text;
    m_engine->setToolTip(m_engineSession->log().join(QLatin1Char('\n')));
    switch (m_engineSession->state()) {
    case EngineSession::State::Stopped:
        text = tr("Engine not started");
        break;
    case EngineSession::State::Starting:
        text = tr("Engine starting…");
        colour = t.caution;
        break;
    case EngineSession::State::Ready: {
        colour = t.right;
        const Json& hello = m_engineSession->engine();
        const int threads
            = hello.value("threads", Json(0)).is_number_integer() ? hello.value("threads", 0) : 0;
        text = threads > 0 ? tr("Engine ready · %n thread(s)", nullptr, threads)
                           : tr("Engine ready");
        break;
    }
    case EngineSession::State::Failed:
        colour = t.wrong;
        text = errorMessage(m_engineSession->failure()).section(QLatin1Char('\n'), 0, 0);
        m_engine->setToolTip(errorParagraph(m_engineSession->failure()));
        break;
    }
    m_dot->setStyleSheet(QStringLiteral("color: %1;").arg(colour.name()));
    m_engine->setText(text);
    m_restart->setVisible(m_engineSession->state() == EngineSession::State::Failed);
}

void StatusLine::showJobs() {
    const QLocale locale;
    QStringList parts;
    for (const JobSummary& job : m_jobWatcher->jobs()) {
        if (!job.owned || job.problem || isFinal(job.state.phase))
            continue;
        QString text = job.name;
        if (job.state.totalSteps > 0)
            text += tr(" · step %1/%2")
                        .arg(locale.toString(qlonglong(job.state.step)),
                            locale.toString(qlonglong(job.state.totalSteps)));
        if (std::isfinite(job.lastLoss))
            text += tr(" · loss %1").arg(locale.toString(job.lastLoss, 'f', 3));
        parts.append(text);
    }
    m_jobs->setText(parts.join(QStringLiteral("    ")));
}

void StatusLine::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showEngine();
}

} // namespace assay
