#pragma once

#include "ui/service/train_launcher.h"
#include "ui/service/train_sources.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace assay {

/// A small model from nothing: its shape with the number of parameters as it is changed, a
/// tokenizer that is taken over or trained on the text, and the text. It ends with a spec for
/// pre-training, which goes to the form like any other.
class NewModelDialog final : public QDialog {
    Q_OBJECT

public:
    struct Choices {
        QString project; ///< folder; empty without one
        QString modelsFolder; ///< where a new tokenizer is put
        std::vector<TrainSources::View> channels;
        QStringList tokenizerFolders; ///< of models that have one to take over
    };
    NewModelDialog(
        TrainLauncher* launcher, const Choices& choices, const Json& draft, QWidget* parent);

    /// The values to lay over the draft, when accepted.
    const Json& values() const { return m_values; }
    /// With the vocabulary chosen; 0 while the shape is impossible.
    qint64 parameterCount() const;
    QString problem() const;
    QSpinBox* sizeBox(const char* key) const { return m_sizes.value(QString::fromLatin1(key)); }
    QSpinBox* vocabularyBox() const { return m_vocabulary; }
    QPushButton* createButton() const { return m_create; }
    QPushButton* cancelButton() const { return m_cancel; }
    QProgressBar* progressBar() const { return m_bar; }
    QString stateText() const;
    QComboBox* tokenizerBox() const { return m_tokenizer; }
    QComboBox* dataBox() const { return m_data; }
    QLineEdit* nameEdit() const { return m_name; }

    void done(int result) override;

private:
    QWidget* buildShape(const Json& draft);
    QWidget* buildText();
    void chooseFile();
    void showCount();
    void showProgress(int stage, qint64 done, qint64 total);
    void setTraining(bool training);
    void leave();
    void create();
    void finish(const QString& tokenizerFolder);
    qint64 vocabulary() const;
    Json source() const; ///< the data part of the values

    TrainLauncher* m_launcher;
    Choices m_choices;
    Json m_values;
    Json m_draft;
    QHash<QString, QSpinBox*> m_sizes;
    QLineEdit* m_name;
    QComboBox* m_data;
    QComboBox* m_tokenizer;
    QSpinBox* m_vocabulary;
    QLabel* m_vocabularyLabel;
    QLabel* m_count;
    QLabel* m_state;
    QProgressBar* m_bar;
    QPushButton* m_create;
    QPushButton* m_cancel;
    QString m_file;
    bool m_isTraining = false;
};

} // namespace assay
