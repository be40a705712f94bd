#include "ui/shell/start_page.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"

#include <QDir>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace assay {

namespace {

QLabel* sentence(const QString& text) {
    QLabel* label = makeLabel(text, "secondary");
    label->setFont(textFont());
    label->setWordWrap(true);
    return label;
}

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent) {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setSpacing(scaled(10));
    column->setContentsMargins(scaled(20), scaled(20), scaled(20), scaled(20));
    column->addStretch(1);

    QLabel* title = makeTitle(tr("Begin with what you have"));
    QFont large = titleFont();
    large.setPixelSize(scaled(20));
    title->setFont(large);
    column->addWidget(title);
    column->addWidget(sentence(
        tr("Drop it anywhere on this window. Each alone is enough; nothing leaves this machine.")));
    // Above everything else: what went wrong is read first, and never scrolled out of sight.
    m_problem = makeLabel(QString(), "wrong");
    m_problem->setFont(textFont());
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problem->setAccessibleName(tr("Message"));
    m_problem->hide();
    column->addWidget(m_problem);
    auto* gives = new QHBoxLayout;
    gives->setSpacing(scaled(10));
    gives->addWidget(makeGive(Give::Data, tr("A data file"),
        tr("Alpaca, ShareGPT, OpenAI messages, CSV and other tables. You see what is in it, what "
           "is doubled, cut off or contradictory, and can review every row."),
        tr("Choose a file…")));
    gives->addWidget(makeGive(Give::Model, tr("A model folder"),
        tr("A Hugging Face folder with config.json and weights. You see what it makes of any "
           "text, token by token, and what it would have said instead."),
        tr("Choose a folder…")));
    gives->addWidget(makeGive(Give::Log, tr("A trainer's log"),
        tr("TensorBoard event files, trainer_state.json, trainer_log.jsonl or logging.jsonl. You "
           "see its curves, and what is odd about them."),
        tr("Choose a log…")));
    column->addLayout(gives);
    m_where = makeLabel(QString(), "secondary");
    m_where->setWordWrap(true);
    column->addWidget(m_where);

    auto* lower = new QHBoxLayout;
    lower->setSpacing(scaled(10));
    auto* projects = new Card(tr("Projects"));
    auto* body = new QVBoxLayout;
    body->setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(14));
    body->setSpacing(scaled(8));
    body->addWidget(sentence(
        tr("A project is a folder that ends in .assay. It holds your samples, every decision about "
           "them, and the runs that were trained on them.")));
    auto* row = new QHBoxLayout;
    QPushButton* open = makePrimaryButton(tr("Open project…"));
    QPushButton* make = makeButton(tr("New project…"));
    row->addWidget(open);
    row->addWidget(makeKeyCap(QStringLiteral("Ctrl O")));
    row->addWidget(make);
    row->addStretch(1);
    body->addLayout(row);
    m_recentTitle = makeLabel(tr("Recent"), "secondary");
    body->addWidget(m_recentTitle);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(scaled(2));
    body->addLayout(m_recent);
    body->addStretch(1);
    projects->setBody(body);
    lower->addWidget(projects, 2);

    auto* demo = new Card(tr("No material at hand?"));
    auto* demoBody = new QVBoxLayout;
    demoBody->setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(14));
    demoBody->setSpacing(scaled(8));
    m_demoText = sentence(QString());
    demoBody->addWidget(m_demoText);
    m_demo = makeButton(QString());
    auto* demoRow = new QHBoxLayout;
    demoRow->addWidget(m_demo);
    demoRow->addStretch(1);
    demoBody->addLayout(demoRow);
    demoBody->addStretch(1);
    demo->setBody(demoBody);
    lower->addWidget(demo, 1);
    column->addLayout(lower);
    column->addStretch(2);

    content->setMaximumWidth(scaled(980));
    auto* area = new QWidget;
    auto* centre = new QHBoxLayout(area);
    centre->setContentsMargins(0, 0, 0, 0);
    centre->addStretch(1);
    centre->addWidget(content, 100);
    centre->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(area);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setAccessibleName(tr("Start page"));
    // The style sheet gives scroll areas the panel's colour; this one is the window's ground.
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setStyleSheet(QStringLiteral("QScrollArea { background: transparent; }"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    connect(open, &QPushButton::clicked, this, &StartPage::openWanted);
    connect(make, &QPushButton::clicked, this, &StartPage::newWanted);
    connect(m_demo, &QPushButton::clicked, this, [this] {
        if (m_demoState == Demo::Making)
            Q_EMIT demoCancelled();
        else
            Q_EMIT demoWanted();
    });
    setRecent({});
    showDemo(Demo::NotMade);
}

QWidget* StartPage::makeGive(
    Give what, const QString& title, const QString& gives, const QString& action) {
    auto* card = new Card(title);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(14));
    body->setSpacing(scaled(10));
    body->addWidget(sentence(gives));
    body->addStretch(1);
    QPushButton* button = makeButton(action);
    button->setAccessibleName(QStringLiteral("%1: %2").arg(title, action));
    auto* row = new QHBoxLayout;
    row->addWidget(button);
    row->addStretch(1);
    body->addLayout(row);
    card->setBody(body);
    connect(button, &QPushButton::clicked, this, [this, what] { Q_EMIT giveWanted(what); });
    return card;
}

void StartPage::setProjectsFolder(const QString& folder) {
    m_where->setText(tr("What is dropped here gets a project of its own in %1.")
                         .arg(QDir::toNativeSeparators(folder)));
}

void StartPage::showDemo(Demo state, const QString& progress) {
    m_demoState = state;
    m_demoText->setText(state == Demo::Making
            ? tr("The demo's models are being trained on this machine. %1").arg(progress)
            : tr("The demo is a tiny invented model that was taught wrong answers on purpose, so "
                 "that each cause can be seen. It is trained here, which takes a few minutes the "
                 "first time."));
    m_demo->setText(state == Demo::Made ? tr("Open the demo")
            : state == Demo::Making     ? tr("Cancel")
                                        : tr("Make the demo"));
}

void StartPage::setRecent(const QStringList& folders) {
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_recentTitle->setVisible(!folders.isEmpty());
    for (const QString& folder : folders) {
        auto* entry = new QPushButton(QDir(folder).dirName());
        setLook(entry, "link");
        entry->setToolTip(folder);
        entry->setAccessibleName(tr("Open %1").arg(folder));
        connect(
            entry, &QPushButton::clicked, this, [this, folder] { Q_EMIT projectChosen(folder); });
        m_recent->addWidget(entry, 0, Qt::AlignLeft);
    }
}

void StartPage::showProblem(const Error& error) {
    setLook(m_problem, "wrong");
    m_problem->setText(errorParagraph(error));
    m_problem->show();
}

void StartPage::showOpening(const QString& folder) {
    setLook(m_problem, "secondary");
    m_problem->setText(tr("Opening %1…").arg(folder));
    m_problem->show();
}

void StartPage::clearProblem() {
    m_problem->hide();
}

QString StartPage::problem() const {
    return m_problem->isHidden() ? QString() : m_problem->text();
}

} // namespace assay
