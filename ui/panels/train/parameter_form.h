#pragma once

#include "ui/panels/train/parameter_row.h"

#include <QHash>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace assay {

class TrainDraft;

/// Every field of the spec, made from the spec's own list, in groups that fold. What most runs
/// change stands open; the rest shows how many of its values differ from the defaults.
class ParameterForm final : public QWidget {
    Q_OBJECT

public:
    explicit ParameterForm(TrainDraft* draft, QWidget* parent = nullptr);
    ParameterRow* row(const QString& key) const { return m_rows.value(key); }
    QList<QString> keys() const { return m_rows.keys(); }
    /// Unfolds its group and puts the keyboard there.
    void showField(const QString& key);

Q_SIGNALS:
    void focused(const QString& key);

private:
    struct Group {
        QString id;
        QString title;
        QPushButton* header = nullptr;
        QWidget* body = nullptr;
        QStringList keys;
        bool open = false;
    };
    void addGroup(const QString& id, const QString& title, bool open);
    void place(const SpecField& field);
    void setOpen(Group& group, bool open);
    void showHeaders();

    TrainDraft* m_draft;
    QVBoxLayout* m_column;
    QList<Group> m_groups;
    QHash<QString, ParameterRow*> m_rows;
    Json m_defaults;
};

} // namespace assay
