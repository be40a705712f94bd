#include "ui/panels/train/label_view.h"

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTextEdit>
#include <QVBoxLayout>

namespace assay {

namespace {

QString number(qint64 value) {
    return QLocale().toString(value);
}

/// White space that would not be seen.
QString visible(const PreviewToken& token) {
    QString text = QString::fromStdString(token.text);
    if (token.control)
        return text;
    text.replace(QLatin1Char('\n'), QStringLiteral("↵\n"));
    text.replace(QLatin1Char('\t'), QStringLiteral("⇥\t"));
    text.replace(QLatin1Char('\r'), QStringLiteral("␍"));
    return text;
}

/// Formats of the strip, for the theme in use.
struct Formats {
    QTextCharFormat prompt;
    QTextCharFormat trained;
    QTextCharFormat cut;
    QTextCharFormat caption;

    Formats() {
        const DesignTokens& t = tokens();
        prompt.setFont(monoFont());
        prompt.setForeground(t.secondary);
        trained = prompt;
        trained.setForeground(t.text);
        trained.setBackground(blend(t.accent, t.panel, 0.16));
        trained.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        trained.setUnderlineColor(t.accent);
        cut = prompt;
        cut.setFontStrikeOut(true);
        cut.setForeground(t.wrong);
        caption.setFont(secondaryFont());
        caption.setForeground(t.secondary);
    }

    QTextCharFormat of(const PreviewToken& token, bool isCut, bool isOdd) const {
        QTextCharFormat format = isCut ? cut : token.trained ? trained : prompt;
        if (token.trained && !isCut && isOdd) // tells neighbours apart
            format.setBackground(blend(tokens().accent, tokens().panel, 0.26));
        if (token.control) {
            format.setFontWeight(QFont::Bold);
            if (!token.trained || isCut)
                format.setBackground(tokens().sunken);
        }
        format.setToolTip(tipOf(token, isCut));
        return format;
    }

    static QString tipOf(const PreviewToken& token, bool isCut) {
        QString tip = LabelView::tr("id %1").arg(token.id);
        if (token.control)
            tip += LabelView::tr(" · control token");
        tip += isCut        ? LabelView::tr(" · cut off, never seen")
            : token.trained ? LabelView::tr(" · trained")
                            : LabelView::tr(" · read, not trained");
        if (token.trained && token.weight != 1)
            tip += LabelView::tr(" with weight %1").arg(double(token.weight));
        return tip;
    }
};

} // namespace

QString labelProblemText(LabelProblem problem, qint64 count) {
    const auto n = int(count);
    switch (problem) {
    case LabelProblem::Untrained:
        return LabelView::tr("%n without a trained token", nullptr, n);
    case LabelProblem::DoubledBos:
        return LabelView::tr("%n with a doubled BOS", nullptr, n);
    case LabelProblem::MissingEnd:
        return LabelView::tr("%n without an end token", nullptr, n);
    case LabelProblem::CutAnswer:
        return LabelView::tr("%n with a cut answer", nullptr, n);
    case LabelProblem::Overlong:
        return LabelView::tr("%n too long", nullptr, n);
    case LabelProblem::Unrendered:
        return LabelView::tr("%n cannot be rendered", nullptr, n);
    }
    return QString();
}

QString labelProblemHelp(LabelProblem problem) {
    switch (problem) {
    case LabelProblem::Untrained:
        return LabelView::tr("Nothing of these rows is learnt, after template and length limit. "
                             "\"Rows without answer tokens\" says whether the run ends for them.");
    case LabelProblem::DoubledBos:
        return LabelView::tr(
            "Two begin tokens in a row: the model never saw that before. Usually the text itself "
            "begins with the token's spelling, or the template adds a second one.");
    case LabelProblem::MissingEnd:
        return LabelView::tr(
            "The last trained token does not end an answer, so the model does not learn to stop. "
            "Usually the tokenizer lacks the template's end mark as a token of its own.");
    case LabelProblem::CutAnswer:
        return LabelView::tr(
            "Trained tokens lie beyond the longest sequence and are never learnt.");
    case LabelProblem::Overlong:
        return LabelView::tr(
            "Longer than the longest sequence; \"Overlong rows\" says whether they "
            "are dropped or end the run.");
    case LabelProblem::Unrendered:
        return LabelView::tr(
            "The template or the tokenizer refuses these rows; the run would end.");
    }
    return QString();
}

/// What is wrong with the one row in view.
static QString problemWord(LabelProblem problem) {
    switch (problem) {
    case LabelProblem::Untrained:
        return LabelView::tr("no trained token");
    case LabelProblem::DoubledBos:
        return LabelView::tr("doubled BOS");
    case LabelProblem::MissingEnd:
        return LabelView::tr("no end token");
    case LabelProblem::CutAnswer:
        return LabelView::tr("cut answer");
    case LabelProblem::Overlong:
        return LabelView::tr("too long");
    case LabelProblem::Unrendered:
        return LabelView::tr("cannot be rendered");
    }
    return QString();
}

LabelView::LabelView(RunPlanner* planner, QWidget* parent)
    : QWidget(parent)
    , m_planner(planner) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildProblems());
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(buildNavigation());
    m_text = new QTextEdit;
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Tokens of the row"));
    m_text->document()->setDocumentMargin(scaled(12));
    column->addWidget(m_text, 1);
    column->addWidget(makeRule(Qt::Horizontal));
    m_lengths = makeLabel(QString(), "note");
    m_lengths->setWordWrap(true);
    m_lengths->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    column->addWidget(m_lengths);
}

QWidget* LabelView::buildProblems() {
    auto* bar = new QWidget;
    auto* grid = new QGridLayout(bar);
    grid->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(2));
    for (int i = 0; i < labelProblemCount; ++i) {
        auto* button = m_problems[i] = new QPushButton;
        setLook(button, "link");
        button->setEnabled(false); // until the rows have been read
        button->setToolTip(labelProblemHelp(LabelProblem(i)));
        connect(button, &QPushButton::clicked, this, [this, i] { jumpTo(LabelProblem(i)); });
        grid->addWidget(button, i / 3, i % 3);
    }
    return bar;
}

QWidget* LabelView::buildNavigation() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(scaled(12), scaled(8), scaled(12), 0);
    row->setSpacing(scaled(6));
    auto* label = makeLabel(tr("Row"), "secondary");
    m_number = new QSpinBox;
    m_number->setAccessibleName(tr("Row"));
    m_number->setMinimumWidth(scaled(84));
    m_number->setKeyboardTracking(false);
    label->setBuddy(m_number);
    m_of = makeLabel(QString(), "secondary");
    m_about = makeLabel(QString(), "secondary");
    m_about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(label);
    row->addWidget(m_number);
    row->addWidget(m_of);
    row->addSpacing(scaled(8));
    row->addWidget(m_about, 1);
    connect(m_number, &QSpinBox::valueChanged, this, [this](int value) { showRow(value - 1); });
    return bar;
}

void LabelView::setPlan(const std::shared_ptr<const PlannedRun>& plan) {
    m_plan = plan;
    if (!m_plan)
        return;
    const LabelSurvey& survey = *m_plan->survey;
    const auto rows = qint64(survey.rows.size());
    for (int i = 0; i < labelProblemCount; ++i) {
        const qint64 count = survey.counts[i];
        QPushButton* button = m_problems[i];
        const QString text = labelProblemText(LabelProblem(i), count);
        button->setText(
            count > 0 ? QStringLiteral("✕ %1 →").arg(text) : QStringLiteral("✓ %1").arg(text));
        button->setAccessibleName(text);
        button->setEnabled(count > 0);
    }
    m_lengths->setText(
        tr("%1 of %2 tokens are trained (%3 %). Lengths in tokens: half have %4 or fewer, 95 % %5, "
           "99 % %6, the longest %7.%8%9")
            .arg(number(survey.trainedTokens), number(survey.tokens))
            .arg(survey.tokens > 0 ? 100.0 * double(survey.trainedTokens) / double(survey.tokens)
                                   : 0.0,
                0, 'f', 1)
            .arg(number(survey.p50), number(survey.p95), number(survey.p99), number(survey.longest),
                survey.cutTrainedTokens > 0
                    ? tr(" %1 answer tokens are cut off.").arg(number(survey.cutTrainedTokens))
                    : QString(),
                survey.snapshot.rejected > 0
                    ? tr(" %1 rows could not be used at all.").arg(number(survey.snapshot.rejected))
                    : QString()));
    const QSignalBlocker quiet(m_number);
    m_number->setRange(rows > 0 ? 1 : 0, int(rows));
    m_of->setText(tr("of %1").arg(number(rows)));
    showRow(qBound<qint64>(0, m_row, rows - 1));
}

void LabelView::showRow(qint64 index) {
    if (!m_plan || index < 0 || index >= qint64(m_plan->survey->rows.size()))
        return;
    m_row = index;
    const QSignalBlocker quiet(m_number);
    m_number->setValue(int(index + 1));
    m_planner->preview(index, this, [this, plan = m_plan](Result<RowPreview> preview) {
        if (plan != m_plan)
            return;
        if (!preview) {
            if (preview.error().code != "cancelled")
                m_text->setPlainText(errorParagraph(preview.error()));
            return;
        }
        m_preview = std::move(*preview);
        draw();
    });
}

void LabelView::jumpTo(std::uint8_t problems) {
    if (!m_plan)
        return;
    const std::vector<SurveyRow>& rows = m_plan->survey->rows;
    const auto count = qint64(rows.size());
    for (qint64 step = 1; step <= count; ++step) {
        const qint64 index = (qMax<qint64>(m_row, -1) + step) % count;
        if ((rows[std::size_t(index)].problems & problems) != 0)
            return showRow(index);
    }
}

void LabelView::draw() {
    const Formats formats;
    const SurveyRow& row = m_preview.row;
    QStringList about{QString::fromStdString(m_preview.id)};
    if (!m_preview.channel.empty())
        about.append(QString::fromStdString(m_preview.channel));
    about.append(tr("%1 of %2 tokens trained").arg(number(row.trained), number(row.tokens)));
    if (row.heldOut)
        about.append(tr("held out"));
    if (row.fate == RowFate::Dropped)
        about.append(tr("dropped"));
    for (int i = 0; i < labelProblemCount; ++i)
        if (row.has(LabelProblem(i)))
            about.append(QStringLiteral("✕ ") + problemWord(LabelProblem(i)));
    m_about->setText(about.join(QStringLiteral(" · ")));
    m_text->clear();
    QTextCursor cursor(m_text->document());
    QTextBlockFormat block;
    block.setLineHeight(150, QTextBlockFormat::ProportionalHeight);
    cursor.setBlockFormat(block);
    cursor.beginEditBlock();
    bool isOdd = false;
    const auto caption = [&](const QString& text) {
        if (!cursor.atStart())
            cursor.insertBlock(block);
        cursor.insertText(text, formats.caption);
        cursor.insertBlock(block);
    };
    const auto put = [&](const std::vector<PreviewToken>& list, bool isCut) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const PreviewToken& token = list[i];
            if (!isCut && (i == 0 || token.trained != list[i - 1].trained)) {
                std::size_t end = i;
                while (end < list.size() && list[end].trained == token.trained)
                    ++end;
                const auto run = int(end - i);
                caption(token.trained ? tr("trained · %n token(s)", nullptr, run)
                                      : tr("read, not trained · %n token(s)", nullptr, run));
            }
            cursor.insertText(visible(token), formats.of(token, isCut, isOdd = !isOdd));
        }
    };
    if (m_preview.refusal)
        cursor.insertText(errorParagraph(*m_preview.refusal), formats.caption);
    put(m_preview.tokens, false);
    if (!m_preview.cutTokens.empty()) {
        caption(tr("cut off, never seen · %n token(s)", nullptr, int(m_preview.cutTokens.size())));
        put(m_preview.cutTokens, true);
    }
    cursor.endEditBlock();
    m_text->moveCursor(QTextCursor::Start);
}

void LabelView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_row >= 0)
        draw();
}

} // namespace assay
