#pragma once

#include "core/data/importer.h"

#include <QStringList>
#include <QWidget>

class QComboBox;

namespace assay {

/// Which column or key of a file holds what. Nothing chosen leaves it to the format's own names.
class ColumnPicker final : public QWidget {
    Q_OBJECT

public:
    explicit ColumnPicker(QWidget* parent = nullptr);
    void setColumns(const QStringList& columns);
    ColumnMapping mapping() const;
    /// For tests and for a mapping that is known: the field is "query", "answer", ..
    void choose(const QString& field, const QString& column);

Q_SIGNALS:
    void changed();

private:
    struct Field {
        const char* name;
        std::string ColumnMapping::*place;
        QComboBox* box = nullptr;
    };
    QList<Field> m_fields;
    QStringList m_columns;
};

} // namespace assay
