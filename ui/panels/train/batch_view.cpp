#include "ui/panels/train/batch_view.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QVBoxLayout>

namespace assay {

namespace {

QString number(double value) {
    return QLocale().toString(qint64(value + 0.5));
}

QString percent(double share) {
    return QLocale().toString(100 * share, 'f', 1);
}

} // namespace

BatchBars::BatchBars(QWidget* parent)
    : QAbstractScrollArea(parent) {
    setAccessibleName(tr("Micro-batches of the first epoch"));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
}

void BatchBars::setPlan(const std::shared_ptr<const PlannedRun>& plan) {
    m_plan = plan;
    m_room = 1;
    if (m_plan) {
        m_room = qMax<qint64>(1, m_plan->batches.largestTokens);
        if (m_plan->spec.data.packing)
            m_room = qMax<qint64>(m_room, m_plan->spec.schedule.microBatchTokens);
    }
    layOut();
    viewport()->update();
}

int BatchBars::lineHeight() const {
    return fontMetrics().height() + scaled(6);
}

int BatchBars::left() const {
    return fontMetrics().horizontalAdvance(QStringLiteral("000,000")) + scaled(20);
}

double BatchBars::scale() const {
    return double(qMax(1, viewport()->width() - left() - scaled(12))) / double(m_room);
}

void BatchBars::layOut() {
    const int bars = m_plan ? int(m_plan->firstEpoch->size()) : 0;
    const int visible = viewport()->height() / lineHeight();
    verticalScrollBar()->setPageStep(qMax(1, visible));
    verticalScrollBar()->setRange(0, qMax(0, bars - visible));
}

void BatchBars::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void BatchBars::paintBar(QPainter& painter, int bar, int y) const {
    const DesignTokens& t = tokens();
    const int height = lineHeight() - scaled(6);
    const double perToken = scale();
    const auto accumulation = int(qMax<qint64>(1, m_plan->spec.schedule.accumulation));
    painter.setPen(t.secondary);
    const bool beginsStep = bar % accumulation == 0;
    if (beginsStep)
        painter.drawText(QRect(0, y, left() - scaled(8), height),
            int(Qt::AlignRight | Qt::AlignVCenter), QLocale().toString(bar / accumulation + 1));
    double x = left();
    int index = 0;
    for (const std::int64_t planned : (*m_plan->firstEpoch)[std::size_t(bar)]) {
        const SurveyRow& row
            = m_plan->survey->rows[std::size_t(m_plan->trainRows[std::size_t(planned)])];
        const QRectF whole(x, y, double(row.tokens) * perToken, height);
        painter.fillRect(whole, blend(t.accent, t.panel, index % 2 ? 0.20 : 0.12));
        const double share = row.tokens > 0 ? double(row.trained) / double(row.tokens) : 0;
        const double part = double(height) * share;
        painter.fillRect(QRectF(x, y + height - part, whole.width(), part),
            blend(t.accent, t.panel, index % 2 ? 0.62 : 0.48));
        painter.setPen(QPen(t.panel, 0)); // a hairline between rows
        painter.drawLine(whole.topRight(), whole.bottomRight());
        x = whole.right();
        ++index;
    }
    const double end = left() + double(m_room) * perToken;
    if (m_plan->spec.data.packing && end - x > 1)
        painter.fillRect(QRectF(x, y, end - x, height), QBrush(t.hairline, Qt::BDiagPattern));
}

void BatchBars::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), tokens().panel);
    if (!m_plan)
        return;
    painter.setFont(smallMonoFont());
    const int first = verticalScrollBar()->value();
    const int bars = int(m_plan->firstEpoch->size());
    for (int bar = first, y = scaled(4); bar < bars && y < viewport()->height();
         ++bar, y += lineHeight())
        paintBar(painter, bar, y);
}

qint64 BatchBars::rowAt(QPoint point) const {
    if (!m_plan || point.x() < left())
        return -1;
    const int bar = verticalScrollBar()->value() + (point.y() - scaled(4)) / lineHeight();
    if (bar < 0 || bar >= int(m_plan->firstEpoch->size()))
        return -1;
    double x = left();
    for (const std::int64_t planned : (*m_plan->firstEpoch)[std::size_t(bar)]) {
        const std::int64_t index = m_plan->trainRows[std::size_t(planned)];
        x += double(m_plan->survey->rows[std::size_t(index)].tokens) * scale();
        if (point.x() < x)
            return index;
    }
    return -1;
}

void BatchBars::mousePressEvent(QMouseEvent* event) {
    if (const qint64 row = rowAt(event->pos()); row >= 0)
        Q_EMIT rowChosen(row);
}

bool BatchBars::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const qint64 index = rowAt(help->pos());
        if (index < 0) {
            QToolTip::hideText();
        } else {
            const SurveyRow& row = m_plan->survey->rows[std::size_t(index)];
            QToolTip::showText(help->globalPos(),
                tr("Row %1: %2 tokens, %3 trained. Press to see them.")
                    .arg(index + 1)
                    .arg(row.tokens)
                    .arg(row.trained),
                viewport());
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void BatchBars::keyPressEvent(QKeyEvent* event) {
    QScrollBar* bar = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Down:
        return bar->setValue(bar->value() + 1);
    case Qt::Key_Up:
        return bar->setValue(bar->value() - 1);
    case Qt::Key_PageDown:
        return bar->setValue(bar->value() + bar->pageStep());
    case Qt::Key_PageUp:
        return bar->setValue(bar->value() - bar->pageStep());
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

BatchView::BatchView(QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_summary = makeLabel(QString());
    m_summary->setWordWrap(true);
    m_summary->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    m_bars = new BatchBars;
    auto* note = makeLabel(tr("One bar a micro-batch of the first epoch, in the order in which it "
                              "is trained; the number at its left is the step. Each segment is a "
                              "row, filled as far as its tokens are trained; hatched room stays "
                              "empty and costs no time. Press a segment to see its tokens."),
        "note");
    note->setWordWrap(true);
    note->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    column->addWidget(m_summary);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(m_bars, 1);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(note);
}

void BatchView::setPlan(const std::shared_ptr<const PlannedRun>& plan) {
    m_bars->setPlan(plan);
    if (!plan)
        return m_summary->clear();
    const BatchSummary& b = plan->batches;
    QString text
        = tr("%1 steps in an epoch, %2 in all. A step has %3 tokens, %4 of them trained, "
             "from %5 rows.")
              .arg(number(double(b.steps)), number(double(b.totalSteps)), number(b.tokensPerStep),
                  number(b.trainedTokensPerStep), QLocale().toString(b.rowsPerStep, 'f', 1));
    if (plan->spec.data.packing)
        text += tr(" Packing leaves %1 % of the room empty; padding every row to the longest of "
                   "its batch would have wasted %2 %.")
                    .arg(percent(b.emptyShare), percent(b.paddingAvoided));
    else
        text
            += tr(" Rows of a batch stand end to end, so nothing is padded; padding to the longest "
                  "would have wasted %1 %.")
                   .arg(percent(b.paddingAvoided));
    m_summary->setText(text);
}

QString BatchView::summary() const {
    return m_summary->text();
}

} // namespace assay
