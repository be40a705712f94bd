#pragma once

#include <QDialog>

#include <optional>

class QLineEdit;
class QPushButton;

namespace assay {

/// Asks for a smallest and a largest value; an empty field is no limit. Deletes itself when it
/// closes.
class RangeDialog final : public QDialog {
    Q_OBJECT

public:
    RangeDialog(const QString& what, bool whole, std::optional<double> least,
        std::optional<double> most, QWidget* parent = nullptr);
    std::optional<double> least() const;
    std::optional<double> most() const;

private:
    void check();

    bool m_whole;
    QLineEdit* m_least;
    QLineEdit* m_most;
    QPushButton* m_apply;
};

} // namespace assay
