#pragma once

#include "core/base/json.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace assay {

class StateStack;
class TrainDraft;

/// What differs between the draft and the spec of an earlier run.
class ChangesView final : public QWidget {
    Q_OBJECT

public:
    explicit ChangesView(TrainDraft* draft, QWidget* parent = nullptr);
    /// `name` empty: there is no earlier run.
    void setEarlier(const QString& name, const Json& spec);
    int count() const;

private:
    void show();

    TrainDraft* m_draft;
    QString m_name;
    Json m_earlier;
    QLabel* m_title;
    QTableWidget* m_table;
    StateStack* m_stack;
};

} // namespace assay
