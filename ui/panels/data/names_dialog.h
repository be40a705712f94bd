#pragma once

#include "core/store/samples.h"

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace assay {

/// Chooses names from a list that is too long for a menu: with a search, each with its number.
class NamesDialog final : public QDialog {
    Q_OBJECT

public:
    NamesDialog(const QString& title, const std::vector<CountByName>& names,
        const std::vector<std::string>& chosen, QWidget* parent = nullptr);

    std::vector<std::string> chosen() const;
    QLineEdit* search() const { return m_search; }
    QListWidget* list() const { return m_list; }

private:
    void narrow(const QString& words);

    QLineEdit* m_search;
    QListWidget* m_list;
};

} // namespace assay
