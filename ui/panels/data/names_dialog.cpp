#include "ui/panels/data/names_dialog.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {

NamesDialog::NamesDialog(const QString& title, const std::vector<CountByName>& names,
    const std::vector<std::string>& chosen, QWidget* parent)
    : QDialog(parent)
    , m_search(new QLineEdit)
    , m_list(new QListWidget) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto* column = new QVBoxLayout(this);
    m_search->setPlaceholderText(tr("Search %1 names").arg(QLocale().toString(names.size())));
    m_search->setAccessibleName(tr("Search the names"));
    m_search->setClearButtonEnabled(true);
    column->addWidget(m_search);
    m_list->setAccessibleName(title);
    m_list->setMinimumSize(scaled(360), scaled(380));
    for (const CountByName& name : names) {
        const QString text = QString::fromStdString(name.name);
        auto* item = new QListWidgetItem(
            text + QStringLiteral("   ") + QLocale().toString(qlonglong(name.count)), m_list);
        item->setData(Qt::UserRole, text);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        const bool on = std::ranges::find(chosen, name.name) != chosen.end();
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    column->addWidget(m_list, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Filter"));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, this, &NamesDialog::narrow);
    m_search->setFocus();
}

void NamesDialog::narrow(const QString& words) {
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem* item = m_list->item(i);
        item->setHidden(
            !item->data(Qt::UserRole).toString().contains(words.trimmed(), Qt::CaseInsensitive));
    }
}

std::vector<std::string> NamesDialog::chosen() const {
    std::vector<std::string> names;
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->checkState() == Qt::Checked)
            names.push_back(m_list->item(i)->data(Qt::UserRole).toString().toStdString());
    return names;
}

} // namespace assay
