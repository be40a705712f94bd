#include "ui/shell/start_page.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"

#include <QDir>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

StartPage::StartPage(QWidget* parent)
    : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    auto* card = new Card(tr("Open a project"), this);
    card->setFixedWidth(scaled(560));
    auto* body = new QVBoxLayout;
    body->setContentsMargins(scaled(20), scaled(16), scaled(20), scaled(20));
    body->setSpacing(scaled(10));
    QLabel* sentence = makeLabel(
        tr("A project is a folder that ends in .assay. It holds your samples, every decision about "
           "them, and the runs "
           "that were trained on them. A new one is made with: assay-cli project new NAME"),
        "secondary");
    sentence->setFont(textFont());
    sentence->setWordWrap(true);
    body->addWidget(sentence);
    m_problem = makeLabel(QString(), "wrong");
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->hide();
    body->addWidget(m_problem);
    auto* row = new QHBoxLayout;
    QPushButton* open = makePrimaryButton(tr("Open project…"));
    row->addWidget(open);
    row->addWidget(makeKeyCap(QStringLiteral("Ctrl O")));
    row->addStretch(1);
    body->addLayout(row);
    m_recentTitle = makeLabel(tr("Recent"), "secondary");
    body->addSpacing(scaled(8));
    body->addWidget(m_recentTitle);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(scaled(2));
    body->addLayout(m_recent);
    card->setBody(body);
    // Stretches and not an alignment: an aligned widget is given no height for its wrapped lines.
    auto* centre = new QHBoxLayout;
    centre->addStretch(1);
    centre->addWidget(card);
    centre->addStretch(1);
    outer->addLayout(centre);
    outer->addStretch(3);
    connect(open, &QPushButton::clicked, this, &StartPage::openWanted);
    setRecent({});
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
