#pragma once

#include <QWidget>

namespace assay {

/// What underlines, ticks and rules of the lanes mean.
class LanesLegend final : public QWidget {
    Q_OBJECT

public:
    explicit LanesLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList words() const;
};

} // namespace assay
