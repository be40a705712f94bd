#pragma once

#include "core/job/spec_fields.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace assay {

class TrainDraft;

/// One field of the spec: its name, an editor that fits its type, what is usual here, and below, in
/// words, what is wrong or unusual.
class ParameterRow final : public QWidget {
    Q_OBJECT

public:
    ParameterRow(const SpecField& field, TrainDraft* draft, QWidget* parent = nullptr);
    QString key() const { return m_key; }
    QWidget* editor() const;
    /// What stands below the editor; empty when all is well.
    QString remark() const;

Q_SIGNALS:
    /// The keyboard or the mouse came here: its explanation is wanted.
    void focused(const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void buildEditor(const SpecField& field);
    void show(); ///< the draft's value in the editor
    void showRemark();
    void commit();

    QString m_key;
    FieldType m_type;
    TrainDraft* m_draft;
    QLineEdit* m_line = nullptr;
    QCheckBox* m_check = nullptr;
    QComboBox* m_combo = nullptr;
    QLabel* m_label;
    QLabel* m_usual;
    QLabel* m_remark;
    bool m_isWrong = false;
};

} // namespace assay
