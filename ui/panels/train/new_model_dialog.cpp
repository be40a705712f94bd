#include "ui/panels/train/new_model_dialog.h"

#include "core/job/model_spec.h"
#include "core/job/spec_fields.h"
#include "core/job/train_spec.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/panels/train/train_draft.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace assay {

namespace {

struct Size {
    const char* key;
    int low;
    int high;
    int step;
};
constexpr Size sizes[]
    = {{"hidden_size", 8, 4096, 32}, {"intermediate_size", 8, 16384, 32}, {"layers", 1, 64, 1},
        {"heads", 1, 64, 1}, {"kv_heads", 1, 64, 1}, {"max_positions", 16, 65536, 128}};

constexpr int trainNew = -1; ///< of the tokenizers

} // namespace

NewModelDialog::NewModelDialog(
    TrainLauncher* launcher, const Choices& choices, const Json& draft, QWidget* parent)
    : QDialog(parent)
    , m_launcher(launcher)
    , m_choices(choices)
    , m_draft(draft) {
    setWindowTitle(tr("New tiny model"));
    setMinimumWidth(scaled(520));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    column->setSpacing(scaled(10));
    auto* intro = makeLabel(tr("A model that starts from random weights and learns plain text. A "
                               "few million parameters learn a small world in minutes on this "
                               "machine."),
        "secondary");
    intro->setWordWrap(true);
    column->addWidget(intro);
    column->addWidget(buildText());
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(buildShape(draft));
    m_count = makeTitle(QString());
    m_count->setWordWrap(true);
    column->addWidget(m_count);
    m_state = makeLabel(QString(), "secondary");
    m_state->setWordWrap(true);
    column->addWidget(m_state);
    m_bar = new QProgressBar;
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Training of the tokenizer"));
    m_bar->hide();
    column->addWidget(m_bar);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    m_cancel = makeButton(tr("Cancel"));
    m_create = makePrimaryButton(tr("Prepare the run"));
    m_create->setDefault(true);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_create);
    column->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, &NewModelDialog::leave);
    connect(m_launcher, &TrainLauncher::tokenizerProgressed, this, &NewModelDialog::showProgress);
    connect(m_create, &QPushButton::clicked, this, &NewModelDialog::create);
    showCount();
}

QWidget* NewModelDialog::buildText() {
    auto* widget = new QWidget;
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(0, 0, 0, 0);
    m_name = new QLineEdit(tr("tiny model"));
    form->addRow(tr("Name"), m_name);
    m_data = new QComboBox;
    m_data->addItem(tr("Choose a text file…"));
    for (const TrainSources::View& channel : m_choices.channels)
        m_data->addItem(
            tr("Channel %1 (%2 samples)").arg(channel.name, QLocale().toString(channel.samples)),
            channel.name);
    form->addRow(tr("Text"), m_data);
    m_tokenizer = new QComboBox;
    m_tokenizer->addItem(tr("Train a new one on this text"), trainNew);
    for (const QString& folder : std::as_const(m_choices.tokenizerFolders))
        m_tokenizer->addItem(tr("That of %1").arg(QDir(folder).dirName()), folder);
    form->addRow(tr("Tokenizer"), m_tokenizer);
    m_vocabulary = new QSpinBox;
    m_vocabulary->setRange(300, 64000);
    m_vocabulary->setSingleStep(500);
    m_vocabulary->setValue(2000);
    m_vocabulary->setToolTip(tr("Pieces in all, special ones and 256 single bytes included"));
    m_vocabularyLabel = makeLabel(tr("Vocabulary"));
    form->addRow(m_vocabularyLabel, m_vocabulary);
    for (QWidget* one : std::initializer_list<QWidget*>{m_name, m_data, m_tokenizer, m_vocabulary})
        one->setAccessibleName(qobject_cast<QLabel*>(form->labelForField(one))->text());
    connect(m_data, &QComboBox::activated, this, [this](int index) {
        if (!m_data->itemData(index).isValid())
            chooseFile();
        showCount();
    });
    connect(m_tokenizer, &QComboBox::currentIndexChanged, this, &NewModelDialog::showCount);
    connect(m_vocabulary, &QSpinBox::valueChanged, this, &NewModelDialog::showCount);
    return widget;
}

QWidget* NewModelDialog::buildShape(const Json& draft) {
    auto* widget = new QWidget;
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(0, 0, 0, 0);
    TrainSpec spec;
    spec.model.shape.emplace();
    const Json defaults = trainSpecToJson(spec);
    for (const Size& size : sizes) {
        const std::string key = std::string("model.shape.") + size.key;
        auto* box = new QSpinBox;
        box->setRange(size.low, size.high);
        box->setSingleStep(size.step);
        const Json* value = specValue(draft, key);
        if (!value)
            value = specValue(defaults, key);
        box->setValue(value && value->is_number() ? value->get<int>() : size.low);
        const QString label = TrainDraft::labelOf(QString::fromStdString(key));
        box->setAccessibleName(label);
        form->addRow(label, box);
        m_sizes.insert(QString::fromLatin1(size.key), box);
        connect(box, &QSpinBox::valueChanged, this, &NewModelDialog::showCount);
    }
    return widget;
}

void NewModelDialog::chooseFile() {
    const QString file = QFileDialog::getOpenFileName(this, tr("Text to learn"));
    if (file.isEmpty())
        return;
    m_file = file;
    m_data->setItemText(0, QFileInfo(file).fileName());
    m_data->setItemData(0, file, Qt::ToolTipRole);
}

qint64 NewModelDialog::vocabulary() const {
    return m_vocabulary->value();
}

qint64 NewModelDialog::parameterCount() const {
    ModelSpec model;
    model.vocabularySize = vocabulary();
    model.hiddenSize = sizeBox("hidden_size")->value();
    model.intermediateSize = sizeBox("intermediate_size")->value();
    model.layers = sizeBox("layers")->value();
    model.heads = sizeBox("heads")->value();
    model.kvHeads = sizeBox("kv_heads")->value();
    model.headDimension = model.hiddenSize / model.heads;
    model.tiedEmbeddings = true;
    return problem().isEmpty() ? model.parameterCount() : 0;
}

QString NewModelDialog::problem() const {
    const int hidden = sizeBox("hidden_size")->value();
    const int heads = sizeBox("heads")->value();
    if (hidden % heads != 0)
        return tr("The hidden size (%1) must be a multiple of the attention heads (%2).")
            .arg(hidden)
            .arg(heads);
    if (hidden / heads % 2 != 0)
        return tr("Each head would be %1 wide; it must be an even number.").arg(hidden / heads);
    if (heads % sizeBox("kv_heads")->value() != 0)
        return tr("The attention heads (%1) must be a multiple of the key/value heads (%2).")
            .arg(heads)
            .arg(sizeBox("kv_heads")->value());
    return QString();
}

void NewModelDialog::showCount() {
    const bool trains
        = m_tokenizer->currentData().toInt() == trainNew && m_tokenizer->currentIndex() == 0;
    m_vocabulary->setVisible(trains);
    m_vocabularyLabel->setVisible(trains);
    const QString wrong = problem();
    if (!wrong.isEmpty()) {
        m_count->setText(tr("✕ %1").arg(wrong));
    } else if (trains) {
        const qint64 count = parameterCount();
        const qint64 embedding = vocabulary() * sizeBox("hidden_size")->value();
        m_count->setText(tr("%1 parameters, %2 % of them the table of token vectors")
                             .arg(QLocale().toString(count))
                             .arg(100.0 * double(embedding) / double(count), 0, 'f', 0));
    } else {
        m_count->setText(tr("%1 parameters without the table of token vectors")
                             .arg(QLocale().toString(parameterCount()
                                 - vocabulary() * sizeBox("hidden_size")->value())));
    }
    const bool hasText = m_data->currentData().isValid() || !m_file.isEmpty();
    if (!m_isTraining)
        m_state->setText(hasText ? QString() : tr("Choose the text that the model is to learn."));
    m_create->setEnabled(wrong.isEmpty() && hasText && !m_isTraining);
}

Json NewModelDialog::source() const {
    Json values = {{"kind", "pretrain"}, {"data.project", ""}, {"data.view", ""},
        {"data.files", Json::array()}, {"data.tokenized", ""}};
    if (m_data->currentData().isValid()) {
        SampleFilter filter;
        filter.channels = {m_data->currentData().toString().toStdString()};
        values["data.project"] = m_choices.project.toStdString();
        values["data.view"] = filterText(filter).toStdString();
    } else {
        values["data.files"] = Json::array({m_file.toStdString()});
    }
    return values;
}

void NewModelDialog::create() {
    if (m_tokenizer->currentIndex() > 0)
        return finish(m_tokenizer->currentData().toString());
    TrainSpec spec;
    Json json = trainSpecToJson(spec);
    const Json from = source();
    for (const auto& [key, value] : from.items())
        setSpecValue(json, key, value);
    spec.kind = "pretrain";
    spec.data.project = specValue(json, "data.project")->get<std::string>();
    spec.data.view = specValue(json, "data.view")->get<std::string>();
    spec.data.files = specValue(json, "data.files")->get<std::vector<std::string>>();
    TokenizerTraining training;
    training.vocabularySize = m_vocabulary->value();
    training.controlSymbols = {"<|im_start|>", "<|im_end|>"}; // ready for chatml later on
    const QString stem
        = QDir(m_choices.modelsFolder)
              .filePath(m_name->text().trimmed().replace(QLatin1Char('/'), QLatin1Char('-'))
                  + QStringLiteral("-tokenizer"));
    QString folder = stem;
    for (int number = 2; QFileInfo::exists(folder); ++number)
        folder = stem + QStringLiteral("-%1").arg(number);
    setTraining(true);
    m_state->setText(tr("Reading the text…"));
    m_launcher->trainTokenizer(spec, training, folder, this, [this](Result<QString> made) {
        setTraining(false);
        if (made)
            return finish(*made);
        m_state->setText(made.error().code == "cancelled"
                ? tr("Stopped; nothing of the tokenizer was kept.")
                : errorMessage(made.error())); // the list of its rows would push the form away
    });
}

void NewModelDialog::setTraining(bool training) {
    m_isTraining = training;
    m_bar->setRange(0, 0);
    m_bar->setVisible(training);
    m_cancel->setText(training ? tr("Stop training") : tr("Cancel"));
    for (QWidget* one : std::initializer_list<QWidget*>{m_name, m_data, m_tokenizer, m_vocabulary})
        one->setEnabled(!training);
    for (QSpinBox* box : std::as_const(m_sizes))
        box->setEnabled(!training);
    showCount();
}

void NewModelDialog::showProgress(int stage, qint64 done, qint64 total) {
    if (!m_isTraining)
        return;
    const QLocale locale;
    m_bar->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_bar->setValue(int(1000 * qMin(done, total) / total));
    if (stage == int(TrainLauncher::TokenizerStage::Reading))
        m_state->setText(tr("Reading the text: %1 rows").arg(locale.toString(done)));
    else
        m_state->setText(tr("Training the tokenizer: %1 of %2 pieces")
                             .arg(locale.toString(done), locale.toString(total)));
}

QString NewModelDialog::stateText() const {
    return m_state->text();
}

void NewModelDialog::leave() {
    if (!m_isTraining)
        return reject();
    m_state->setText(tr("Stopping…"));
    m_launcher->cancelTokenizer();
}

void NewModelDialog::finish(const QString& tokenizerFolder) {
    m_values = source();
    for (const SpecPreset& preset : builtInPresets())
        if (preset.id == "pretrain")
            for (const auto& [key, value] : preset.values.items())
                m_values[key] = value;
    m_values["name"] = m_name->text().trimmed().toStdString();
    m_values["model.path"] = "";
    m_values["model.tokenizer"] = tokenizerFolder.toStdString();
    TrainSpec spec;
    spec.model.shape.emplace();
    const Json defaults = trainSpecToJson(spec);
    for (const SpecField& field : specFields())
        if (field.key.starts_with("model.shape."))
            m_values[field.key] = *specValue(defaults, field.key);
    for (const Size& size : sizes)
        m_values[std::string("model.shape.") + size.key] = sizeBox(size.key)->value();
    const int positions = sizeBox("max_positions")->value();
    const Json* length = specValue(m_draft, "data.max_length");
    if (!length || !length->is_number() || length->get<int>() > positions)
        m_values["data.max_length"] = positions;
    accept();
}

void NewModelDialog::done(int result) {
    if (m_isTraining)
        m_launcher->cancelTokenizer();
    QDialog::done(result);
}

} // namespace assay
