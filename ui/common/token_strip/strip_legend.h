#pragma once

#include "ui/common/token_strip/strip_look.h"

#include <QWidget>

namespace assay {

/// What a token's fill means: the ramp, its ends, and the unit.
class StripLegend final : public QWidget {
    Q_OBJECT

public:
    explicit StripLegend(QWidget* parent = nullptr);
    void setMetric(StripMetric metric);
    void setStripLook(const StripLook& look);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_low;
    QString m_high;
    StripMetric m_metric = StripMetric::Surprisal;
    StripLook m_look;
};

} // namespace assay
