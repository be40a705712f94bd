#include "ui/panels/train/estimate_view.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <cmath>

namespace assay {

namespace {

QString partName(const std::string& key) {
    if (key == "weights")
        return EstimateView::tr("weights");
    if (key == "gradients")
        return EstimateView::tr("gradients");
    if (key == "optimizer")
        return EstimateView::tr("optimiser");
    if (key == "activations")
        return EstimateView::tr("activations");
    if (key == "logits")
        return EstimateView::tr("logits");
    if (key == "data")
        return EstimateView::tr("data");
    return EstimateView::tr("program");
}

/// A bar beside a number; the number says the same.
class ShareBar final : public QWidget {
public:
    explicit ShareBar(double share, QWidget* parent = nullptr)
        : QWidget(parent)
        , m_share(share) {
        setFixedSize(scaled(64), scaled(8));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), tokens().sunken);
        painter.fillRect(QRectF(0, 0, qMax(1.0, m_share * width()), height()), tokens().secondary);
    }

private:
    double m_share;
};

void clear(QGridLayout* grid) {
    while (QLayoutItem* item = grid->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

/// How many parameters there are, and how many of them learn where not all do.
QString parametersText(const TrainingSizes& sizes) {
    const QLocale locale;
    const std::int64_t all = sizes.parameters + sizes.adapterParameters;
    const std::int64_t trained
        = sizes.trainedOwn < 0 ? all : sizes.trainedOwn + sizes.adapterParameters;
    if (trained == all)
        return EstimateView::tr("%1 parameters").arg(locale.toString(qint64(all)));
    return EstimateView::tr("%1 of %2 parameters are trained (%3 %)")
        .arg(locale.toString(qint64(trained)), locale.toString(qint64(all)),
            locale.toString(100.0 * double(trained) / double(all), 'g', 3));
}

} // namespace

QString bytesText(double bytes) {
    const QLocale locale;
    if (bytes < 1024.0 * 1024 * 1024)
        return EstimateView::tr("%1 MiB").arg(locale.toString(bytes / (1024 * 1024), 'f', 1));
    return EstimateView::tr("%1 GiB").arg(locale.toString(bytes / (1024.0 * 1024 * 1024), 'f', 2));
}

QString durationText(double seconds) {
    const auto whole = qint64(std::llround(seconds));
    if (whole < 120)
        return EstimateView::tr("%n second(s)", nullptr, int(qMax<qint64>(whole, 1)));
    if (whole < 120 * 60)
        return EstimateView::tr("%n minute(s)", nullptr, int((whole + 30) / 60));
    return EstimateView::tr("%1 hours").arg(QLocale().toString(double(whole) / 3600, 'f', 1));
}

EstimateView::EstimateView(QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    column->setSpacing(scaled(6));
    m_time = makeLabel(QString());
    m_time->setWordWrap(true);
    m_memory = makeLabel(QString());
    m_memory->setWordWrap(true);
    m_parts = new QWidget;
    m_grid = new QGridLayout(m_parts);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(scaled(8));
    m_grid->setVerticalSpacing(scaled(2));
    m_checked = new QWidget;
    m_checkedGrid = new QGridLayout(m_checked);
    m_checkedGrid->setContentsMargins(0, 0, 0, 0);
    m_checkedGrid->setHorizontalSpacing(scaled(16));
    m_checkedGrid->setVerticalSpacing(scaled(2));
    m_checked->hide();
    column->addWidget(m_time);
    column->addWidget(m_checked);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(m_memory);
    column->addWidget(m_parts);
    column->addStretch(1);
}

void EstimateView::setPlan(const std::shared_ptr<const PlannedRun>& plan) {
    m_plan = plan;
    m_measured.reset();
    show();
}

void EstimateView::setMeasurement(const std::optional<Measurement>& measured) {
    m_measured = measured;
    show();
}

QString EstimateView::timeText() const {
    return m_time->text();
}

QString EstimateView::memoryText() const {
    return m_memory->text();
}

/// What was thought beside what a few steps showed.
void EstimateView::showChecked(const SpecEstimate& assumed, const SpecEstimate& measured) {
    const bool shown = m_measured.has_value();
    clear(m_checkedGrid);
    m_checked->setVisible(shown);
    if (!shown)
        return;
    const auto head = [&](const QString& text, int column) {
        auto* label = makeLabel(text, "note");
        label->setAlignment(Qt::AlignRight);
        m_checkedGrid->addWidget(label, 0, column);
    };
    head(tr("estimated"), 1);
    head(tr("measured"), 2);
    head(tr("ratio"), 3);
    int line = 1;
    const auto add = [&](const QString& what, double before, double now, auto text) {
        m_checkedGrid->addWidget(makeLabel(what, "secondary"), line, 0);
        const QString cells[] = {text(before), text(now),
            before > 0 ? QStringLiteral("× %1").arg(QLocale().toString(now / before, 'f', 2))
                       : QStringLiteral("–")};
        for (int i = 0; i < 3; ++i) {
            auto* value = makeNumber(cells[i]);
            value->setFont(smallMonoFont());
            value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_checkedGrid->addWidget(value, line, i + 1);
        }
        ++line;
    };
    add(tr("tokens a second"), assumed.tokensPerSecond, measured.tokensPerSecond,
        [](double rate) { return QLocale().toString(qint64(rate + 0.5)); });
    add(tr("time of the run"), assumed.seconds(), measured.seconds(), durationText);
    add(tr("memory at the peak"), totalBytes(assumed.memory), m_measured->peakBytes, bytesText);
    m_checkedGrid->setColumnStretch(4, 1);
}

void EstimateView::show() {
    clear(m_grid);
    if (!m_plan || !m_plan->estimate) {
        m_checked->hide();
        m_time->clear();
        m_memory->clear();
        return;
    }
    const PlannedRun& plan = *m_plan;
    SpecEstimate estimate = *plan.estimate;
    if (m_measured && plan.model)
        estimate = estimateSpec(plan.spec, *plan.model, *plan.survey, plan.batches, m_measured, 1);
    showChecked(*plan.estimate, estimate);
    const QString rate = QLocale().toString(qint64(estimate.tokensPerSecond + 0.5));
    if (m_measured)
        m_time->setText(tr("About %1: %2 tokens a second, measured over %n step(s).", nullptr,
            int(m_measured->steps))
                            .arg(durationText(estimate.seconds()), rate));
    else
        m_time->setText(tr("Perhaps %1, at an assumed %2 tokens a second (8 GFLOP/s a thread: "
                           "heuristic). Measure a few steps to know.")
                            .arg(durationText(estimate.seconds()), rate));
    m_time->setToolTip(
        tr("Training %1, evaluation %2, written answers %3.\nA token takes %4 MFLOP: 6 for each "
           "parameter that it passes, plus attention (arXiv 2001.08361).")
            .arg(durationText(estimate.trainSeconds), durationText(estimate.evaluationSeconds),
                durationText(estimate.probeSeconds),
                QLocale().toString(estimate.flopsPerToken / 1e6, 'f', 1)));
    const double total = totalBytes(estimate.memory);
    const QString parameters = parametersText(estimate.sizes);
    m_memory->setText(m_measured
            ? tr("%1 of memory estimated, %2 measured at the peak. %3; a checkpoint takes %4 on "
                 "the disk.")
                  .arg(bytesText(total), bytesText(m_measured->peakBytes), parameters,
                      bytesText(estimate.checkpointBytes))
            : tr("%1 of memory. %2; a checkpoint takes %3 on the disk.")
                  .arg(bytesText(total), parameters, bytesText(estimate.checkpointBytes)));
    int line = 0;
    for (const MemoryPart& part : estimate.memory) {
        const QString name = partName(part.key);
        const QString formula = QString::fromStdString(part.formula);
        auto* value = makeNumber(bytesText(part.bytes));
        value->setFont(smallMonoFont());
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setToolTip(formula);
        auto* how = makeLabel(formula, "note");
        how->setToolTip(formula);
        how->setWordWrap(true);
        m_grid->addWidget(makeLabel(name, "secondary"), line, 0);
        m_grid->addWidget(value, line, 1);
        m_grid->addWidget(new ShareBar(part.bytes / total), line, 2);
        m_grid->addWidget(how, line, 3);
        ++line;
    }
    m_grid->setColumnStretch(3, 1);
}

} // namespace assay
