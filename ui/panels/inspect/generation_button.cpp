#include "ui/panels/inspect/generation_button.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLocale>
#include <QMenu>
#include <QSpinBox>
#include <QWidgetAction>

namespace assay {

GenerationButton::GenerationButton(QWidget* parent)
    : QPushButton(parent) {
    setLook(this, "picker");
    setAccessibleName(tr("How a branch goes on"));
    setToolTip(tr("Temperature, seed and length of what the model writes in a branch"));
    auto* form = new QWidget;
    auto* rows = new QFormLayout(form);
    rows->setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8));
    rows->setSpacing(scaled(6));
    const auto add = [&](const QString& name, QWidget* field, const QString& help) {
        field->setAccessibleName(name);
        field->setToolTip(help);
        rows->addRow(name, field);
    };
    m_temperature = new QDoubleSpinBox;
    m_temperature->setRange(0, 5);
    m_temperature->setSingleStep(0.1);
    m_temperature->setDecimals(2);
    m_temperature->setSpecialValueText(tr("greedy"));
    add(tr("Temperature"), m_temperature,
        tr("0 always takes the most probable token; 1 draws from the model's own distribution"));
    m_topP = new QDoubleSpinBox;
    m_topP->setRange(0.01, 1);
    m_topP->setSingleStep(0.05);
    m_topP->setValue(1);
    add(tr("Top-p"), m_topP, tr("Draw only from the most probable tokens that hold this mass"));
    m_seed = new QSpinBox;
    m_seed->setRange(0, 2147483647);
    add(tr("Seed"), m_seed, tr("The same seed gives the same text again"));
    m_maxNew = new QSpinBox;
    m_maxNew->setRange(1, 32768);
    m_maxNew->setValue(64);
    add(tr("New tokens"), m_maxNew, tr("The most that are written"));
    auto* menu = new QMenu(this);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(form);
    menu->addAction(action);
    setMenu(menu);
    for (QDoubleSpinBox* box : {m_temperature, m_topP})
        connect(box, &QDoubleSpinBox::valueChanged, this, &GenerationButton::showChoice);
    for (QSpinBox* box : {m_seed, m_maxNew})
        connect(box, &QSpinBox::valueChanged, this, &GenerationButton::showChoice);
    showChoice();
}

GenerationSettings GenerationButton::settings() const {
    return {m_maxNew->value(), m_temperature->value(), m_topP->value(), quint64(m_seed->value())};
}

void GenerationButton::setSettings(const GenerationSettings& settings) {
    m_maxNew->setValue(settings.maxNew);
    m_temperature->setValue(settings.temperature);
    m_topP->setValue(settings.topP);
    m_seed->setValue(int(settings.seed));
}

void GenerationButton::showChoice() {
    const QLocale locale;
    const bool greedy = m_temperature->value() == 0;
    m_topP->setEnabled(!greedy);
    m_seed->setEnabled(!greedy);
    setText(greedy ? tr("greedy · %n new", nullptr, m_maxNew->value())
                   : tr("T %1 · seed %2 · %n new", nullptr, m_maxNew->value())
                         .arg(locale.toString(m_temperature->value(), 'g', 3))
                         .arg(m_seed->value()));
    setAccessibleDescription(text());
}

} // namespace assay
