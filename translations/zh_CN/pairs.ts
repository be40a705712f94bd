<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>assay::PairAnswer</name>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Left answer</source>
        <translation>左侧答案</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>右侧答案</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n 个字符</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>assay::PairsPanel</name>
    <message>
        <source>Preference rows, judged blind</source>
        <translation>偏好数据盲评</translation>
    </message>
    <message>
        <source>Base against tuned, judged blind</source>
        <translation>基座与微调盲评</translation>
    </message>
    <message>
        <source>Results of the pairs</source>
        <translation>成对评判结果</translation>
    </message>
    <message>
        <source>**Pairs** shows two answers to one question, side by side and blind: which answer stands on which side is drawn for every annotator and sample, and recorded with the decision.

1 or ← chooses the left one, 2 or → the right one, 3 calls it a tie, 4 says that both are bad; U takes the last decision back, S skips, Backspace goes back. D underlines the words that only one of the two has.

After a decision the line below says what the answer was called in the data, and, with Margin on, how much more probable one was than the other under the model chosen in the window. **Results** counts wins for each annotator: the win rate leaves out ties and both bad, and its interval is Wilson&apos;s (95 %).</source>
        <translation>**成对**把对同一问题的两个答案并排盲评：哪个答案在哪一侧，对每位标注者和样本各自随机，并随决定一起记录。

1 或 ← 选左侧，2 或 → 选右侧，3 判为平局，4 表示都不好；U 撤销上一次决定，S 跳过，Backspace 返回。D 为只出现在其中一个答案中的词加下划线。

决定之后，下方一行会说明该答案在数据中的名称；打开“差距”时，还会说明在窗口所选模型下一个比另一个的概率高多少。**结果**按标注者统计胜负：胜率不含平局和都不好，其区间是 Wilson 区间（95 %）。</translation>
    </message>
    <message>
        <source>Two answers, judged blind</source>
        <translation>两个答案，盲评</translation>
    </message>
    <message>
        <source>preference rows</source>
        <translation>偏好数据</translation>
    </message>
    <message>
        <source>The chosen and the rejected answer of the data</source>
        <translation>数据中被选与被拒的答案</translation>
    </message>
    <message>
        <source>base against tuned</source>
        <translation>基座对微调</translation>
    </message>
    <message>
        <source>What both models answer by themselves</source>
        <translation>两个模型各自的答案</translation>
    </message>
    <message>
        <source>Word diff</source>
        <translation>词语差异</translation>
    </message>
    <message>
        <source>Underlines the words that only one of the two has</source>
        <translation>为只出现在其中一个答案中的词加下划线</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>差距</translation>
    </message>
    <message>
        <source>After each decision: log-probability of one answer minus the other&apos;s under the model chosen in the window</source>
        <translation>每次决定之后：在窗口所选模型下一个答案减去另一个的对数概率</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Kept closed while judging: knowing who leads anchors</source>
        <translation>评判时保持关闭：知道谁领先会影响判断</translation>
    </message>
    <message>
        <source>Shows the whole prompt, or folds it again</source>
        <translation>显示完整提示，或重新折叠</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Last decision</source>
        <translation>上一次决定</translation>
    </message>
    <message>
        <source>Left is better</source>
        <translation>左侧更好</translation>
    </message>
    <message>
        <source>Right is better</source>
        <translation>右侧更好</translation>
    </message>
    <message>
        <source>Tie</source>
        <translation>平局</translation>
    </message>
    <message>
        <source>Both bad</source>
        <translation>都不好</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Skip this pair</source>
        <translation>跳过这一对</translation>
    </message>
    <message>
        <source>Previous pair</source>
        <translation>上一对</translation>
    </message>
    <message>
        <source>Next pair</source>
        <translation>下一对</translation>
    </message>
    <message>
        <source>Undo the last decision</source>
        <translation>撤销上一次决定</translation>
    </message>
    <message>
        <source>Fold or unfold the prompt</source>
        <translation>折叠或展开提示</translation>
    </message>
    <message>
        <source>Let both models answer the rest of the view</source>
        <translation>让两个模型答案视图中其余的样本</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>没有项目</translation>
    </message>
    <message>
        <source>Open one to judge its pairs.</source>
        <translation>打开一个项目以评判其中的成对答案。</translation>
    </message>
    <message>
        <source>Two models are needed</source>
        <translation>需要两个模型</translation>
    </message>
    <message>
        <source>Choose a base and a tuned model in Compare; their answers to every sample of the view can then be judged blind.</source>
        <translation>请在“比较”中选择一个基座模型和一个微调模型，之后即可盲评它们对视图中每个样本的答案。</translation>
    </message>
    <message>
        <source>Looking for pairs</source>
        <translation>正在查找成对答案</translation>
    </message>
    <message>
        <source>Both models answer</source>
        <translation>两个模型正在答案</translation>
    </message>
    <message>
        <source>%1 of %2 samples</source>
        <translation>%1 / %2 个样本</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>No answers yet</source>
        <translation>尚无答案</translation>
    </message>
    <message numerus="yes">
        <source>Both models answer the %n sample(s) of the view, greedily and in the background; the answers are kept with the models&apos; names and hashes.</source>
        <translation>
            <numerusform>两个模型在后台贪心答案视图中的 %n 个样本；答案连同模型的名称和哈希一起保存。</numerusform>
        </translation>
    </message>
    <message>
        <source>Let both models answer</source>
        <translation>让两个模型答案</translation>
    </message>
    <message>
        <source>no prompt</source>
        <translation>没有提示</translation>
    </message>
    <message numerus="yes">
        <source>Prompt · %n turn(s) · %1</source>
        <translation>
            <numerusform>提示 · %n 轮 · %1</numerusform>
        </translation>
    </message>
    <message>
        <source>you called it a tie</source>
        <translation>您判为平局</translation>
    </message>
    <message>
        <source>both bad</source>
        <translation>都不好</translation>
    </message>
    <message>
        <source>you chose this</source>
        <translation>您选了这个</translation>
    </message>
    <message>
        <source>Reading the pair</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>No pairs in this view</source>
        <translation>此视图中没有成对答案</translation>
    </message>
    <message>
        <source>Preference rows have a chosen and a rejected answer. Import a preference file, choose another view, or judge base against tuned.</source>
        <translation>偏好数据含有一个被选和一个被拒的答案。请导入偏好文件、选择其他视图，或评判基座对微调。</translation>
    </message>
    <message>
        <source>Every pair is decided</source>
        <translation>所有成对答案都已评判</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of this view, judged by you.</source>
        <translation>
            <numerusform>此视图中的 %n 对已由您评判。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the results</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>The pairs cannot be shown</source>
        <translation>无法显示成对答案</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 of %2 decided</source>
        <translation>已评判 %1 / %2</translation>
    </message>
    <message>
        <source>Sample %1: you preferred the answer called %2.</source>
        <translation>样本 %1：您偏好名为 %2 的答案。</translation>
    </message>
    <message>
        <source>Sample %1: a tie.</source>
        <translation>样本 %1：平局。</translation>
    </message>
    <message>
        <source>Sample %1: both bad.</source>
        <translation>样本 %1：都不好。</translation>
    </message>
    <message>
        <source>No model is chosen for the margin.</source>
        <translation>未选择用于计算差距的模型。</translation>
    </message>
    <message>
        <source>Under %1, log p(%2) − log p(%3) = %4 nats.</source>
        <translation>在 %1 下，log p(%2) − log p(%3) = %4 nat。</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>成对</translation>
    </message>
</context>
<context>
    <name>assay::TallyCard</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Results for each annotator</source>
        <translation>每位标注者的结果</translation>
    </message>
    <message>
        <source>Nobody has decided for one of the two yet.</source>
        <translation>还没有人在两者中作出选择。</translation>
    </message>
    <message>
        <source>%1 wins: the interval lies above one half.</source>
        <translation>%1 胜出：区间位于一半以上。</translation>
    </message>
    <message>
        <source>%1 wins: the interval lies above one half for it.</source>
        <translation>%1 胜出：对它而言区间位于一半以上。</translation>
    </message>
    <message>
        <source>Not decided: the interval holds one half.</source>
        <translation>未分胜负：区间包含一半。</translation>
    </message>
    <message>
        <source>The left side was chosen %1 of %2 times.</source>
        <translation>%2 次中有 %1 次选择左侧。</translation>
    </message>
    <message>
        <source>Win rate without ties; Wilson&apos;s score interval.</source>
        <translation>胜率不含平局；Wilson 得分区间。</translation>
    </message>
</context>
<context>
    <name>assay::TallyModel</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Share of %1 among the decisions for one of the two</source>
        <translation>在选择其一的决定中 %1 的占比</translation>
    </message>
    <message>
        <source>annotator</source>
        <translation>标注者</translation>
    </message>
    <message>
        <source>tie</source>
        <translation>平局</translation>
    </message>
    <message>
        <source>both bad</source>
        <translation>都不好</translation>
    </message>
    <message>
        <source>win rate %</source>
        <translation>胜率 %</translation>
    </message>
    <message>
        <source>95 % from</source>
        <translation>95 % 自</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
</context>
</TS>
