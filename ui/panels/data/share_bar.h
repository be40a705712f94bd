#pragma once

#include <QWidget>

namespace assay {

/// A share of a whole as a short bar with its percentage beside it.
class ShareBar final : public QWidget {
    Q_OBJECT

public:
    explicit ShareBar(double share, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share;
    QString m_text;
};

} // namespace assay
