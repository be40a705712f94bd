#include "ui/panels/runs/findings_view.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include "core/advice/curve_advice.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

/// The template itself is what translators see (context "findings"), so that numbers stay out of
/// it.
QString filled(std::string_view pattern, const CurveFinding& finding) {
    QString text = QCoreApplication::translate("findings", std::string(pattern).c_str());
    for (const auto& [name, value] : finding.arguments)
        text.replace(QLatin1Char('{') + QString::fromStdString(name) + QLatin1Char('}'),
            QString::fromStdString(value));
    return text;
}

QString withBoldNumbers(const QString& text) {
    static const QRegularExpression number(
        QStringLiteral("(?<![\\w#.])(\\d[\\d.]*(?:e[+-]?\\d+)?(?: %)?)(?![\\w])"));
    return text.toHtmlEscaped().replace(number, QStringLiteral("<b>\\1</b>"));
}

QLabel* makeParagraph(const QString& text, const char* look, Qt::TextFormat format) {
    QLabel* label = makeLabel(QString(), look);
    label->setTextFormat(format);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

QString findingText(const CurveFinding& finding) {
    const CurveAdvice* advice = findCurveAdvice(finding.rule);
    return advice ? filled(advice->text, finding) : QString::fromStdString(finding.rule);
}

QString findingWords(const CurveFinding& finding) {
    const std::string& rule = finding.rule;
    if (rule == "loss.epoch_step")
        return FindingsView::tr("step at epoch start: rows seen before");
    if (rule.ends_with("not_finite"))
        return FindingsView::tr("not a number");
    if (rule.starts_with("loss.spike"))
        return FindingsView::tr("jump");
    if (rule == "loss.diverged")
        return FindingsView::tr("lowest before it rises");
    if (rule.starts_with("evaluation."))
        return FindingsView::tr("best evaluation");
    if (rule.starts_with("loss.first"))
        return FindingsView::tr("first loss");
    return {};
}

FindingsView::FindingsView(QWidget* parent)
    : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("What the curves show"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("findings"));
    setLook(content, "bar");
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    m_column->setSpacing(scaled(12));
    m_column->addStretch(1);
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

void FindingsView::setFindings(const std::vector<CurveFinding>& findings) {
    // A run that goes on is judged again and again: what reads the same stays as it is, with its
    // selection and scrolling.
    const auto same = [](const CurveFinding& a, const CurveFinding& b) {
        return a.rule == b.rule && a.arguments == b.arguments;
    };
    if (!m_shown.empty() && std::ranges::equal(findings, m_shown, same))
        return;
    m_shown = findings;
    m_sentences.clear();
    while (m_column->count() > 1) {
        QLayoutItem* item = m_column->takeAt(0);
        delete item->widget();
        delete item;
    }
    for (const CurveFinding& finding : findings) {
        m_sentences.append(findingText(finding));
        m_column->insertWidget(m_column->count() - 1, makeFinding(finding));
    }
    if (findings.empty())
        m_column->insertWidget(0,
            makeParagraph(tr("Nothing unusual: none of the %n rules applies.", nullptr,
                              int(curveAdvice().size())),
                "secondary", Qt::PlainText));
}

QWidget* FindingsView::makeFinding(const CurveFinding& finding) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(2));
    auto* first = new QHBoxLayout;
    first->setSpacing(scaled(8));
    auto* chip = finding.weight == FindingWeight::Wrong ? new Chip(tr("wrong"), Tone::Wrong)
        : finding.weight == FindingWeight::Caution      ? new Chip(tr("caution"), Tone::Caution)
                                                        : new Chip(tr("note"), Tone::Plain);
    first->addWidget(chip, 0, Qt::AlignTop);
    first->addWidget(makeParagraph(withBoldNumbers(findingText(finding)), "", Qt::RichText), 1);
    column->addLayout(first);
    const CurveAdvice* advice = findCurveAdvice(finding.rule);
    if (!advice)
        return box;
    column->addWidget(makeParagraph(filled(advice->action, finding), "", Qt::PlainText));
    const QString source
        = QString::fromUtf8(advice->source.data(), qsizetype(advice->source.size()));
    column->addWidget(makeParagraph(tr("rule: %1 · %2").arg(filled(advice->test, finding), source),
        "secondary", Qt::PlainText));
    if (std::isfinite(finding.step)) {
        auto* show = makeButton(tr("Show step %1").arg(QLocale().toString(finding.step, 'f', 0)));
        setLook(show, "link");
        connect(show, &QPushButton::clicked, this,
            [this, finding] { Q_EMIT stepWanted(finding.step, findingWords(finding)); });
        column->addWidget(show, 0, Qt::AlignLeft);
    }
    return box;
}

} // namespace assay
