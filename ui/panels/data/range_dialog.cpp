#include "ui/panels/data/range_dialog.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

namespace {

/// No value for an empty or unreadable text.
std::optional<double> valueOf(const QLineEdit* field) {
    bool good = false;
    const double value = QLocale().toDouble(field->text().trimmed(), &good);
    return good ? std::optional(value) : std::nullopt;
}

bool isReadable(const QLineEdit* field) {
    return field->text().trimmed().isEmpty() || valueOf(field);
}

} // namespace

RangeDialog::RangeDialog(const QString& what, bool whole, std::optional<double> least,
    std::optional<double> most, QWidget* parent)
    : QDialog(parent)
    , m_whole(whole) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(what);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    column->setSpacing(scaled(12));
    column->addWidget(makeTitle(what));
    auto* form = new QFormLayout;
    form->setSpacing(scaled(8));
    const auto field = [&](const QString& label, std::optional<double> value) {
        auto* edit = new QLineEdit;
        edit->setAccessibleName(label);
        edit->setPlaceholderText(tr("no limit"));
        if (value)
            edit->setText(QLocale().toString(*value, 'g', 10));
        connect(edit, &QLineEdit::textChanged, this, &RangeDialog::check);
        form->addRow(label, edit);
        return edit;
    };
    m_least = field(tr("at least"), least);
    m_most = field(tr("at most"), most);
    column->addLayout(form);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* cancel = makeButton(tr("Cancel"));
    m_apply = makePrimaryButton(tr("Apply"));
    m_apply->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_apply);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &QDialog::accept);
    check();
}

std::optional<double> RangeDialog::least() const {
    return valueOf(m_least);
}
std::optional<double> RangeDialog::most() const {
    return valueOf(m_most);
}

void RangeDialog::check() {
    const auto fits = [this](const QLineEdit* field) {
        const auto value = valueOf(field);
        return isReadable(field) && (!m_whole || !value || *value == double(qint64(*value)));
    };
    const bool ordered = !least() || !most() || *least() <= *most();
    m_apply->setEnabled(fits(m_least) && fits(m_most) && ordered);
}

} // namespace assay
