#include "ui/common/sample_view/finding_chips.h"

#include "core/quality/check_list.h"
#include "ui/common/controls.h"
#include "ui/common/finding_text.h"
#include "ui/common/flow_layout.h"
#include "ui/common/fonts.h"
#include "ui/common/selection_context.h"

#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

namespace assay {

namespace {

QString levelWord(CheckLevel level) {
    switch (level) {
    case CheckLevel::Error:
        return FindingChips::tr("error");
    case CheckLevel::Warning:
        return FindingChips::tr("warning");
    case CheckLevel::Info:
        break;
    }
    return FindingChips::tr("note");
}

Tone toneOf(CheckLevel level) {
    return level == CheckLevel::Error  ? Tone::Wrong
        : level == CheckLevel::Warning ? Tone::Caution
                                       : Tone::Plain;
}

/// A glyph beside the words: level is never told by colour alone.
QString markOf(CheckLevel level) {
    return level == CheckLevel::Error  ? QStringLiteral("✕ ")
        : level == CheckLevel::Warning ? QStringLiteral("△ ")
                                       : QStringLiteral("· ");
}

} // namespace

FindingChips::FindingChips(const Services& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_row(new FlowLayout(scaled(6), this)) {
    m_row->setContentsMargins(scaled(12), 0, scaled(12), scaled(4));
    setAccessibleName(tr("What the checks found"));
    hide();
}

void FindingChips::clear() {
    m_sample = -1;
    m_loading = false;
    show({});
}

void FindingChips::showFor(qint64 sample) {
    if (!m_services.project)
        return;
    if (sample != m_sample)
        show({});
    m_sample = sample;
    m_loading = true;
    askFindings(m_services.project, sample, this,
        [this, sample](Result<std::vector<ExplainedFinding>> found) {
            if (sample != m_sample)
                return;
            m_loading = false;
            // What cannot be read here is said where the sample itself is read.
            show(found ? *found : std::vector<ExplainedFinding>());
        });
}

void FindingChips::show(const std::vector<ExplainedFinding>& findings) {
    for (QPushButton* chip : std::as_const(m_chips)) {
        m_row->removeWidget(chip);
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    for (const ExplainedFinding& explained : findings) {
        const CheckInfo* info = findCheck(explained.finding.name);
        if (!info)
            continue;
        const QString title = findingTitle(explained.finding.name);
        auto* chip = new QPushButton(markOf(info->level) + title, this);
        chip->setFont(secondaryFont());
        chip->setFocusPolicy(Qt::TabFocus);
        chip->setObjectName(QStringLiteral("finding:") + QLatin1String(info->name));
        chip->setAccessibleName(title + QStringLiteral(", ") + levelWord(info->level));
        chip->setToolTip(tr("Why this row is flagged"));
        setLook(chip, "filter");
        connect(chip, &QPushButton::clicked, this,
            [this, explained, chip] { explain(explained, chip); });
        m_row->addWidget(chip);
        chip->show();
        m_chips.append(chip);
    }
    setVisible(!m_chips.isEmpty());
    updateGeometry();
}

void FindingChips::explain(const ExplainedFinding& explained, QWidget* at) {
    const SampleFinding& finding = explained.finding;
    const CheckInfo* info = findCheck(finding.name);
    auto* popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setObjectName(QStringLiteral("findingExplained"));
    setLook(popup, "popup");
    auto* column = new QVBoxLayout(popup);
    column->setContentsMargins(scaled(14), scaled(12), scaled(14), scaled(12));
    column->setSpacing(scaled(8));
    auto* head = new QHBoxLayout;
    head->addWidget(makeTitle(findingTitle(finding.name)));
    head->addWidget(new Chip(levelWord(info->level), toneOf(info->level)));
    head->addStretch(1);
    column->addLayout(head);
    const auto paragraph = [&](const QString& text, const char* look) {
        QLabel* label = makeLabel(text, look);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setFixedWidth(scaled(360));
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    };
    paragraph(findingRule(finding.name), "secondary");
    const QString evidence = QString::fromStdString(explained.evidence);
    if (finding.name == "duplicate-near" && !evidence.isEmpty())
        paragraph(tr("%1 of the pieces in common with sample %2")
                      .arg(evidence)
                      .arg(finding.others.front()),
            "");
    else if (!evidence.isEmpty())
        paragraph(tr("In this row: %1").arg(evidence), "");
    if (!finding.others.empty()) {
        paragraph(tr("Rows of the same group (%1 besides this one):")
                      .arg(QLocale().toString(qlonglong(finding.otherCount))),
            "secondary");
        auto* links = new QHBoxLayout;
        links->setSpacing(scaled(6));
        for (const std::int64_t id : finding.others) {
            auto* link = makeButton(QString::number(id));
            setLook(link, "link");
            link->setAccessibleName(finding.name == "leak" && id == finding.group
                    ? tr("Held-out sample %1").arg(id)
                    : tr("Sample %1").arg(id));
            connect(link, &QPushButton::clicked, this, [this, popup, id] {
                popup->close();
                m_services.selection->setSample(id);
            });
            links->addWidget(link);
        }
        if (finding.otherCount > qint64(finding.others.size()))
            links->addWidget(makeLabel(QStringLiteral("…"), "secondary"));
        links->addStretch(1);
        column->addLayout(links);
    }
    if (finding.name.starts_with("pii-")) {
        auto* redact = makeButton(tr("Replace it in this row"));
        redact->setObjectName(QStringLiteral("redact"));
        redact->setToolTip(
            tr("An edit that puts a word such as [e-mail] in its place; it can be undone."));
        connect(redact, &QPushButton::clicked, this, [this, popup, name = finding.name] {
            popup->close();
            Q_EMIT redactionWanted(QString::fromStdString(name));
        });
        column->addWidget(redact, 0, Qt::AlignLeft);
    }
    auto* all = makeButton(tr("All rows with this finding"));
    connect(all, &QPushButton::clicked, this, [this, popup, name = finding.name] {
        popup->close();
        SampleFilter filter;
        filter.findings = {name};
        m_services.selection->setFilter(filter);
        m_services.selection->show(QStringLiteral("data"));
    });
    column->addWidget(all, 0, Qt::AlignLeft);
    popup->adjustSize();
    // Below the chip, and inside the screen.
    QPoint place = at->mapToGlobal(QPoint(0, at->height() + scaled(2)));
    const QScreen* screen = at->screen();
    if (screen) {
        const QRect room = screen->availableGeometry();
        place.setX(std::max(room.left(), std::min(place.x(), room.right() - popup->width())));
        if (place.y() + popup->height() > room.bottom())
            place.setY(
                std::max(room.top(), at->mapToGlobal(QPoint()).y() - popup->height() - scaled(2)));
    }
    popup->move(place);
    popup->show();
    all->setFocus();
}

} // namespace assay
