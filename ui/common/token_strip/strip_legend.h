#pragma once

#include "ui/common/token_strip/strip_text.h"

#include <QWidget>

namespace assay {

/// What a token's fill means: the ramp, its ends, and the unit.
class StripLegend final : public QWidget {
    Q_OBJECT

public:
    explicit StripLegend(QWidget* parent = nullptr);
    void setMetric(StripMetric metric);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_low;
    QString m_high;
    bool m_bands = false;
};

} // namespace assay
