//! Tables that CPython 3.13 printed.

use super::*;
use crate::list::List;

fn show<T: Object>(result: PyResult<T>) -> String {
    match result {
        Ok(value) => repr(&value).to_string(),
        Err(error) => format!("{}: {error}", error.class().name()),
    }
}

/// Function, argument, what CPython shows.
#[rustfmt::skip]
const ONE: &[(&str, f64, &str)] = &[
    ("acos", 0.0, "1.5707963267948966"),
    ("acos", -0.0, "1.5707963267948966"),
    ("acos", 0.5, "1.0471975511965979"),
    ("acos", -0.5, "2.0943951023931957"),
    ("acos", 1.0, "0.0"),
    ("acos", -1.0, "3.141592653589793"),
    ("acos", 2.0, "ValueError: math domain error"),
    ("acos", -2.5, "ValueError: math domain error"),
    ("acos", 0.1, "1.4706289056333368"),
    ("acos", 3.7, "ValueError: math domain error"),
    ("acos", -7.2, "ValueError: math domain error"),
    ("acos", 10.0, "ValueError: math domain error"),
    ("acos", 23.0, "ValueError: math domain error"),
    ("acos", 100.5, "ValueError: math domain error"),
    ("acos", 171.5, "ValueError: math domain error"),
    ("acos", 1e-310, "1.5707963267948966"),
    ("acos", 1000000000000000.0, "ValueError: math domain error"),
    ("acos", f64::INFINITY, "ValueError: math domain error"),
    ("acos", -f64::INFINITY, "ValueError: math domain error"),
    ("acos", f64::NAN, "nan"),
    ("acos", 750.0, "ValueError: math domain error"),
    ("acos", 1e+300, "ValueError: math domain error"),
    ("acosh", 0.0, "ValueError: math domain error"),
    ("acosh", -0.0, "ValueError: math domain error"),
    ("acosh", 0.5, "ValueError: math domain error"),
    ("acosh", -0.5, "ValueError: math domain error"),
    ("acosh", 1.0, "0.0"),
    ("acosh", -1.0, "ValueError: math domain error"),
    ("acosh", 2.0, "1.3169578969248166"),
    ("acosh", -2.5, "ValueError: math domain error"),
    ("acosh", 0.1, "ValueError: math domain error"),
    ("acosh", 3.7, "1.9826969446812033"),
    ("acosh", -7.2, "ValueError: math domain error"),
    ("acosh", 10.0, "2.993222846126381"),
    ("acosh", 23.0, "3.8281684713331012"),
    ("acosh", 100.5, "5.3032801552774655"),
    ("acosh", 171.5, "5.837721947197815"),
    ("acosh", 1e-310, "ValueError: math domain error"),
    ("acosh", 1000000000000000.0, "35.23192357547063"),
    ("acosh", f64::INFINITY, "inf"),
    ("acosh", -f64::INFINITY, "ValueError: math domain error"),
    ("acosh", f64::NAN, "nan"),
    ("acosh", 750.0, "7.313219942645561"),
    ("acosh", 1e+300, "691.4686750787736"),
    ("asin", 0.0, "0.0"),
    ("asin", -0.0, "-0.0"),
    ("asin", 0.5, "0.5235987755982989"),
    ("asin", -0.5, "-0.5235987755982989"),
    ("asin", 1.0, "1.5707963267948966"),
    ("asin", -1.0, "-1.5707963267948966"),
    ("asin", 2.0, "ValueError: math domain error"),
    ("asin", -2.5, "ValueError: math domain error"),
    ("asin", 0.1, "0.1001674211615598"),
    ("asin", 3.7, "ValueError: math domain error"),
    ("asin", -7.2, "ValueError: math domain error"),
    ("asin", 10.0, "ValueError: math domain error"),
    ("asin", 23.0, "ValueError: math domain error"),
    ("asin", 100.5, "ValueError: math domain error"),
    ("asin", 171.5, "ValueError: math domain error"),
    ("asin", 1e-310, "1e-310"),
    ("asin", 1000000000000000.0, "ValueError: math domain error"),
    ("asin", f64::INFINITY, "ValueError: math domain error"),
    ("asin", -f64::INFINITY, "ValueError: math domain error"),
    ("asin", f64::NAN, "nan"),
    ("asin", 750.0, "ValueError: math domain error"),
    ("asin", 1e+300, "ValueError: math domain error"),
    ("atanh", 0.0, "0.0"),
    ("atanh", -0.0, "-0.0"),
    ("atanh", 0.5, "0.5493061443340548"),
    ("atanh", -0.5, "-0.5493061443340548"),
    ("atanh", 1.0, "ValueError: math domain error"),
    ("atanh", -1.0, "ValueError: math domain error"),
    ("atanh", 2.0, "ValueError: math domain error"),
    ("atanh", -2.5, "ValueError: math domain error"),
    ("atanh", 0.1, "0.10033534773107558"),
    ("atanh", 3.7, "ValueError: math domain error"),
    ("atanh", -7.2, "ValueError: math domain error"),
    ("atanh", 10.0, "ValueError: math domain error"),
    ("atanh", 23.0, "ValueError: math domain error"),
    ("atanh", 100.5, "ValueError: math domain error"),
    ("atanh", 171.5, "ValueError: math domain error"),
    ("atanh", 1e-310, "1e-310"),
    ("atanh", 1000000000000000.0, "ValueError: math domain error"),
    ("atanh", f64::INFINITY, "ValueError: math domain error"),
    ("atanh", -f64::INFINITY, "ValueError: math domain error"),
    ("atanh", f64::NAN, "nan"),
    ("atanh", 750.0, "ValueError: math domain error"),
    ("atanh", 1e+300, "ValueError: math domain error"),
    ("cos", 0.0, "1.0"),
    ("cos", -0.0, "1.0"),
    ("cos", 0.5, "0.8775825618903728"),
    ("cos", -0.5, "0.8775825618903728"),
    ("cos", 1.0, "0.5403023058681398"),
    ("cos", -1.0, "0.5403023058681398"),
    ("cos", 2.0, "-0.4161468365471424"),
    ("cos", -2.5, "-0.8011436155469337"),
    ("cos", 0.1, "0.9950041652780258"),
    ("cos", 3.7, "-0.848100031710408"),
    ("cos", -7.2, "0.6083513145322546"),
    ("cos", 10.0, "-0.8390715290764524"),
    ("cos", 23.0, "-0.5328330203333975"),
    ("cos", 100.5, "0.9995206253283515"),
    ("cos", 171.5, "-0.2794299700233931"),
    ("cos", 1e-310, "1.0"),
    ("cos", 1000000000000000.0, "-0.5131937377869703"),
    ("cos", f64::INFINITY, "ValueError: math domain error"),
    ("cos", -f64::INFINITY, "ValueError: math domain error"),
    ("cos", f64::NAN, "nan"),
    ("cos", 750.0, "-0.6669829823489768"),
    ("cos", 1e+300, "-0.5753861119575491"),
    ("cosh", 0.0, "1.0"),
    ("cosh", -0.0, "1.0"),
    ("cosh", 0.5, "1.1276259652063807"),
    ("cosh", -0.5, "1.1276259652063807"),
    ("cosh", 1.0, "1.5430806348152437"),
    ("cosh", -1.0, "1.5430806348152437"),
    ("cosh", 2.0, "3.7621956910836314"),
    ("cosh", -2.5, "6.132289479663686"),
    ("cosh", 0.1, "1.0050041680558035"),
    ("cosh", 3.7, "20.23601394326887"),
    ("cosh", -7.2, "669.7157554901132"),
    ("cosh", 10.0, "11013.232920103324"),
    ("cosh", 23.0, "4872401723.124452"),
    ("cosh", 100.5, "2.2159779549229477e+43"),
    ("cosh", 171.5, "1.515212870816512e+74"),
    ("cosh", 1e-310, "1.0"),
    ("cosh", 1000000000000000.0, "OverflowError: math range error"),
    ("cosh", f64::INFINITY, "inf"),
    ("cosh", -f64::INFINITY, "inf"),
    ("cosh", f64::NAN, "nan"),
    ("cosh", 750.0, "OverflowError: math range error"),
    ("cosh", 1e+300, "OverflowError: math range error"),
    ("exp", 0.0, "1.0"),
    ("exp", -0.0, "1.0"),
    ("exp", 0.5, "1.6487212707001282"),
    ("exp", -0.5, "0.6065306597126334"),
    ("exp", 1.0, "2.718281828459045"),
    ("exp", -1.0, "0.36787944117144233"),
    ("exp", 2.0, "7.38905609893065"),
    ("exp", -2.5, "0.0820849986238988"),
    ("exp", 0.1, "1.1051709180756477"),
    ("exp", 3.7, "40.4473043600674"),
    ("exp", -7.2, "0.0007465858083766792"),
    ("exp", 10.0, "22026.465794806718"),
    ("exp", 23.0, "9744803446.248903"),
    ("exp", 100.5, "4.4319559098458955e+43"),
    ("exp", 171.5, "3.030425741633024e+74"),
    ("exp", 1e-310, "1.0"),
    ("exp", 1000000000000000.0, "OverflowError: math range error"),
    ("exp", f64::INFINITY, "inf"),
    ("exp", -f64::INFINITY, "0.0"),
    ("exp", f64::NAN, "nan"),
    ("exp", 750.0, "OverflowError: math range error"),
    ("exp", 1e+300, "OverflowError: math range error"),
    ("exp2", 0.0, "1.0"),
    ("exp2", -0.0, "1.0"),
    ("exp2", 0.5, "1.4142135623730951"),
    ("exp2", -0.5, "0.7071067811865476"),
    ("exp2", 1.0, "2.0"),
    ("exp2", -1.0, "0.5"),
    ("exp2", 2.0, "4.0"),
    ("exp2", -2.5, "0.1767766952966369"),
    ("exp2", 0.1, "1.0717734625362931"),
    ("exp2", 3.7, "12.99603834169977"),
    ("exp2", -7.2, "0.006801176275750969"),
    ("exp2", 10.0, "1024.0"),
    ("exp2", 23.0, "8388608.0"),
    ("exp2", 100.5, "1.7927286711931566e+30"),
    ("exp2", 171.5, "4.232960894861e+51"),
    ("exp2", 1e-310, "1.0"),
    ("exp2", 1000000000000000.0, "OverflowError: math range error"),
    ("exp2", f64::INFINITY, "inf"),
    ("exp2", -f64::INFINITY, "0.0"),
    ("exp2", f64::NAN, "nan"),
    ("exp2", 750.0, "5.922386521532856e+225"),
    ("exp2", 1e+300, "OverflowError: math range error"),
    ("expm1", 0.0, "0.0"),
    ("expm1", -0.0, "-0.0"),
    ("expm1", 0.5, "0.6487212707001282"),
    ("expm1", -0.5, "-0.3934693402873666"),
    ("expm1", 1.0, "1.718281828459045"),
    ("expm1", -1.0, "-0.6321205588285577"),
    ("expm1", 2.0, "6.38905609893065"),
    ("expm1", -2.5, "-0.9179150013761013"),
    ("expm1", 0.1, "0.10517091807564763"),
    ("expm1", 3.7, "39.4473043600674"),
    ("expm1", -7.2, "-0.9992534141916233"),
    ("expm1", 10.0, "22025.465794806718"),
    ("expm1", 23.0, "9744803445.248903"),
    ("expm1", 100.5, "4.4319559098458955e+43"),
    ("expm1", 171.5, "3.0304257416330247e+74"),
    ("expm1", 1e-310, "1e-310"),
    ("expm1", 1000000000000000.0, "OverflowError: math range error"),
    ("expm1", f64::INFINITY, "inf"),
    ("expm1", -f64::INFINITY, "-1.0"),
    ("expm1", f64::NAN, "nan"),
    ("expm1", 750.0, "OverflowError: math range error"),
    ("expm1", 1e+300, "OverflowError: math range error"),
    ("log", 0.0, "ValueError: math domain error"),
    ("log", -0.0, "ValueError: math domain error"),
    ("log", 0.5, "-0.6931471805599453"),
    ("log", -0.5, "ValueError: math domain error"),
    ("log", 1.0, "0.0"),
    ("log", -1.0, "ValueError: math domain error"),
    ("log", 2.0, "0.6931471805599453"),
    ("log", -2.5, "ValueError: math domain error"),
    ("log", 0.1, "-2.3025850929940455"),
    ("log", 3.7, "1.308332819650179"),
    ("log", -7.2, "ValueError: math domain error"),
    ("log", 10.0, "2.302585092994046"),
    ("log", 23.0, "3.1354942159291497"),
    ("log", 100.5, "4.61015772749913"),
    ("log", 171.5, "5.144583266605995"),
    ("log", 1e-310, "-713.8013788281542"),
    ("log", 1000000000000000.0, "34.538776394910684"),
    ("log", f64::INFINITY, "inf"),
    ("log", -f64::INFINITY, "ValueError: math domain error"),
    ("log", f64::NAN, "nan"),
    ("log", 750.0, "6.620073206530356"),
    ("log", 1e+300, "690.7755278982137"),
    ("log10", 0.0, "ValueError: math domain error"),
    ("log10", -0.0, "ValueError: math domain error"),
    ("log10", 0.5, "-0.3010299956639812"),
    ("log10", -0.5, "ValueError: math domain error"),
    ("log10", 1.0, "0.0"),
    ("log10", -1.0, "ValueError: math domain error"),
    ("log10", 2.0, "0.3010299956639812"),
    ("log10", -2.5, "ValueError: math domain error"),
    ("log10", 0.1, "-1.0"),
    ("log10", 3.7, "0.568201724066995"),
    ("log10", -7.2, "ValueError: math domain error"),
    ("log10", 10.0, "1.0"),
    ("log10", 23.0, "1.3617278360175928"),
    ("log10", 100.5, "2.002166061756508"),
    ("log10", 171.5, "2.2342641243787895"),
    ("log10", 1e-310, "-310.0"),
    ("log10", 1000000000000000.0, "15.0"),
    ("log10", f64::INFINITY, "inf"),
    ("log10", -f64::INFINITY, "ValueError: math domain error"),
    ("log10", f64::NAN, "nan"),
    ("log10", 750.0, "2.8750612633917"),
    ("log10", 1e+300, "300.0"),
    ("log1p", 0.0, "0.0"),
    ("log1p", -0.0, "-0.0"),
    ("log1p", 0.5, "0.4054651081081644"),
    ("log1p", -0.5, "-0.6931471805599453"),
    ("log1p", 1.0, "0.6931471805599453"),
    ("log1p", -1.0, "ValueError: math domain error"),
    ("log1p", 2.0, "1.0986122886681096"),
    ("log1p", -2.5, "ValueError: math domain error"),
    ("log1p", 0.1, "0.09531017980432487"),
    ("log1p", 3.7, "1.547562508716013"),
    ("log1p", -7.2, "ValueError: math domain error"),
    ("log1p", 10.0, "2.3978952727983707"),
    ("log1p", 23.0, "3.1780538303479458"),
    ("log1p", 100.5, "4.620058798481842"),
    ("log1p", 171.5, "5.150397236471415"),
    ("log1p", 1e-310, "1e-310"),
    ("log1p", 1000000000000000.0, "34.538776394910684"),
    ("log1p", f64::INFINITY, "inf"),
    ("log1p", -f64::INFINITY, "ValueError: math domain error"),
    ("log1p", f64::NAN, "nan"),
    ("log1p", 750.0, "6.621405651764134"),
    ("log1p", 1e+300, "690.7755278982137"),
    ("log2", 0.0, "ValueError: math domain error"),
    ("log2", -0.0, "ValueError: math domain error"),
    ("log2", 0.5, "-1.0"),
    ("log2", -0.5, "ValueError: math domain error"),
    ("log2", 1.0, "0.0"),
    ("log2", -1.0, "ValueError: math domain error"),
    ("log2", 2.0, "1.0"),
    ("log2", -2.5, "ValueError: math domain error"),
    ("log2", 0.1, "-3.321928094887362"),
    ("log2", 3.7, "1.8875252707415875"),
    ("log2", -7.2, "ValueError: math domain error"),
    ("log2", 10.0, "3.321928094887362"),
    ("log2", 23.0, "4.523561956057013"),
    ("log2", 100.5, "6.651051691178929"),
    ("log2", 171.5, "7.422064766172812"),
    ("log2", 1e-310, "-1029.7977094150824"),
    ("log2", 1000000000000000.0, "49.82892142331043"),
    ("log2", f64::INFINITY, "inf"),
    ("log2", -f64::INFINITY, "ValueError: math domain error"),
    ("log2", f64::NAN, "nan"),
    ("log2", 750.0, "9.550746785383243"),
    ("log2", 1e+300, "996.5784284662087"),
    ("sin", 0.0, "0.0"),
    ("sin", -0.0, "-0.0"),
    ("sin", 0.5, "0.479425538604203"),
    ("sin", -0.5, "-0.479425538604203"),
    ("sin", 1.0, "0.8414709848078965"),
    ("sin", -1.0, "-0.8414709848078965"),
    ("sin", 2.0, "0.9092974268256817"),
    ("sin", -2.5, "-0.5984721441039565"),
    ("sin", 0.1, "0.09983341664682815"),
    ("sin", 3.7, "-0.5298361409084934"),
    ("sin", -7.2, "-0.7936678638491531"),
    ("sin", 10.0, "-0.5440211108893698"),
    ("sin", 23.0, "-0.8462204041751706"),
    ("sin", 100.5, "-0.030959966783271346"),
    ("sin", 171.5, "0.9601660751415484"),
    ("sin", 1e-310, "1e-310"),
    ("sin", 1000000000000000.0, "0.8582727931702359"),
    ("sin", f64::INFINITY, "ValueError: math domain error"),
    ("sin", -f64::INFINITY, "ValueError: math domain error"),
    ("sin", f64::NAN, "nan"),
    ("sin", 750.0, "0.7450729502920265"),
    ("sin", 1e+300, "-0.8178819121159085"),
    ("sinh", 0.0, "0.0"),
    ("sinh", -0.0, "-0.0"),
    ("sinh", 0.5, "0.5210953054937474"),
    ("sinh", -0.5, "-0.5210953054937474"),
    ("sinh", 1.0, "1.1752011936438014"),
    ("sinh", -1.0, "-1.1752011936438014"),
    ("sinh", 2.0, "3.626860407847019"),
    ("sinh", -2.5, "-6.0502044810397875"),
    ("sinh", 0.1, "0.10016675001984403"),
    ("sinh", 3.7, "20.21129041679853"),
    ("sinh", -7.2, "-669.7150089043048"),
    ("sinh", 10.0, "11013.232874703393"),
    ("sinh", 23.0, "4872401723.124452"),
    ("sinh", 100.5, "2.2159779549229477e+43"),
    ("sinh", 171.5, "1.515212870816512e+74"),
    ("sinh", 1e-310, "1e-310"),
    ("sinh", 1000000000000000.0, "OverflowError: math range error"),
    ("sinh", f64::INFINITY, "inf"),
    ("sinh", -f64::INFINITY, "-inf"),
    ("sinh", f64::NAN, "nan"),
    ("sinh", 750.0, "OverflowError: math range error"),
    ("sinh", 1e+300, "OverflowError: math range error"),
    ("sqrt", 0.0, "0.0"),
    ("sqrt", -0.0, "-0.0"),
    ("sqrt", 0.5, "0.7071067811865476"),
    ("sqrt", -0.5, "ValueError: math domain error"),
    ("sqrt", 1.0, "1.0"),
    ("sqrt", -1.0, "ValueError: math domain error"),
    ("sqrt", 2.0, "1.4142135623730951"),
    ("sqrt", -2.5, "ValueError: math domain error"),
    ("sqrt", 0.1, "0.31622776601683794"),
    ("sqrt", 3.7, "1.9235384061671346"),
    ("sqrt", -7.2, "ValueError: math domain error"),
    ("sqrt", 10.0, "3.1622776601683795"),
    ("sqrt", 23.0, "4.795831523312719"),
    ("sqrt", 100.5, "10.024968827881711"),
    ("sqrt", 171.5, "13.095800853708795"),
    ("sqrt", 1e-310, "9.999999999999986e-156"),
    ("sqrt", 1000000000000000.0, "31622776.60168379"),
    ("sqrt", f64::INFINITY, "inf"),
    ("sqrt", -f64::INFINITY, "ValueError: math domain error"),
    ("sqrt", f64::NAN, "nan"),
    ("sqrt", 750.0, "27.386127875258307"),
    ("sqrt", 1e+300, "1e+150"),
    ("tan", 0.0, "0.0"),
    ("tan", -0.0, "-0.0"),
    ("tan", 0.5, "0.5463024898437905"),
    ("tan", -0.5, "-0.5463024898437905"),
    ("tan", 1.0, "1.5574077246549023"),
    ("tan", -1.0, "-1.5574077246549023"),
    ("tan", 2.0, "-2.185039863261519"),
    ("tan", -2.5, "0.7470222972386603"),
    ("tan", 0.1, "0.10033467208545055"),
    ("tan", 3.7, "0.6247330752245639"),
    ("tan", -7.2, "-1.3046209400556383"),
    ("tan", 10.0, "0.6483608274590866"),
    ("tan", 23.0, "1.5881530833912738"),
    ("tan", 100.5, "-0.030974815325197236"),
    ("tan", 171.5, "-3.436159961872258"),
    ("tan", 1e-310, "1e-310"),
    ("tan", 1000000000000000.0, "-1.672414782127583"),
    ("tan", f64::INFINITY, "ValueError: math domain error"),
    ("tan", -f64::INFINITY, "ValueError: math domain error"),
    ("tan", f64::NAN, "nan"),
    ("tan", 750.0, "-1.1170794008387335"),
    ("tan", 1e+300, "1.4214488238747245"),
    ("gamma", 0.0, "ValueError: math domain error"),
    ("gamma", -0.0, "ValueError: math domain error"),
    ("gamma", 0.5, "1.7724538509055159"),
    ("gamma", -0.5, "-3.544907701811032"),
    ("gamma", 1.0, "1.0"),
    ("gamma", -1.0, "ValueError: math domain error"),
    ("gamma", 2.0, "1.0"),
    ("gamma", -2.5, "-0.9453087204829417"),
    ("gamma", 0.1, "9.513507698668732"),
    ("gamma", 3.7, "4.170651783796603"),
    ("gamma", -7.2, "0.0007067697583988748"),
    ("gamma", 10.0, "362880.0"),
    ("gamma", 23.0, "1.1240007277776077e+21"),
    ("gamma", 100.5, "9.320963104082718e+156"),
    ("gamma", 171.5, "9.483367566824801e+307"),
    ("gamma", 1e-310, "OverflowError: math range error"),
    ("gamma", 1000000000000000.0, "OverflowError: math range error"),
    ("gamma", f64::INFINITY, "inf"),
    ("gamma", -f64::INFINITY, "ValueError: math domain error"),
    ("gamma", f64::NAN, "nan"),
    ("gamma", 750.0, "OverflowError: math range error"),
    ("gamma", 1e+300, "OverflowError: math range error"),
    ("lgamma", 0.0, "ValueError: math domain error"),
    ("lgamma", -0.0, "ValueError: math domain error"),
    ("lgamma", 0.5, "0.5723649429247004"),
    ("lgamma", -0.5, "1.265512123484645"),
    ("lgamma", 1.0, "0.0"),
    ("lgamma", -1.0, "ValueError: math domain error"),
    ("lgamma", 2.0, "0.0"),
    ("lgamma", -2.5, "-0.05624371649767457"),
    ("lgamma", 0.1, "2.2527126517342055"),
    ("lgamma", 3.7, "1.4280723266653883"),
    ("lgamma", -7.2, "-7.254805605079729"),
    ("lgamma", 10.0, "12.801827480081467"),
    ("lgamma", 23.0, "48.47118135183522"),
    ("lgamma", 100.5, "361.4355404677776"),
    ("lgamma", 171.5, "709.1431630309282"),
    ("lgamma", 1e-310, "713.8013788281542"),
    ("lgamma", 1000000000000000.0, "3.353877639491067e+16"),
    ("lgamma", f64::INFINITY, "inf"),
    ("lgamma", -f64::INFINITY, "inf"),
    ("lgamma", f64::NAN, "nan"),
    ("lgamma", 750.0, "4212.663917938811"),
    ("lgamma", 1e+300, "6.897755278982137e+302"),
    ("floor", 0.0, "0"),
    ("floor", -0.0, "0"),
    ("floor", 0.5, "0"),
    ("floor", -0.5, "-1"),
    ("floor", 1.0, "1"),
    ("floor", -1.0, "-1"),
    ("floor", 2.0, "2"),
    ("floor", -2.5, "-3"),
    ("floor", 0.1, "0"),
    ("floor", 3.7, "3"),
    ("floor", -7.2, "-8"),
    ("floor", 10.0, "10"),
    ("floor", 23.0, "23"),
    ("floor", 100.5, "100"),
    ("floor", 171.5, "171"),
    ("floor", 1e-310, "0"),
    ("floor", 1000000000000000.0, "1000000000000000"),
    ("floor", f64::INFINITY, "OverflowError: cannot convert float infinity to integer"),
    ("floor", -f64::INFINITY, "OverflowError: cannot convert float infinity to integer"),
    ("floor", f64::NAN, "ValueError: cannot convert float NaN to integer"),
    ("floor", 750.0, "750"),
    ("ceil", 0.0, "0"),
    ("ceil", -0.0, "0"),
    ("ceil", 0.5, "1"),
    ("ceil", -0.5, "0"),
    ("ceil", 1.0, "1"),
    ("ceil", -1.0, "-1"),
    ("ceil", 2.0, "2"),
    ("ceil", -2.5, "-2"),
    ("ceil", 0.1, "1"),
    ("ceil", 3.7, "4"),
    ("ceil", -7.2, "-7"),
    ("ceil", 10.0, "10"),
    ("ceil", 23.0, "23"),
    ("ceil", 100.5, "101"),
    ("ceil", 171.5, "172"),
    ("ceil", 1e-310, "1"),
    ("ceil", 1000000000000000.0, "1000000000000000"),
    ("ceil", f64::INFINITY, "OverflowError: cannot convert float infinity to integer"),
    ("ceil", -f64::INFINITY, "OverflowError: cannot convert float infinity to integer"),
    ("ceil", f64::NAN, "ValueError: cannot convert float NaN to integer"),
    ("ceil", 750.0, "750"),
    ("trunc", 0.0, "0"),
    ("trunc", -0.0, "0"),
    ("trunc", 0.5, "0"),
    ("trunc", -0.5, "0"),
    ("trunc", 1.0, "1"),
    ("trunc", -1.0, "-1"),
    ("trunc", 2.0, "2"),
    ("trunc", -2.5, "-2"),
    ("trunc", 0.1, "0"),
    ("trunc", 3.7, "3"),
    ("trunc", -7.2, "-7"),
    ("trunc", 10.0, "10"),
    ("trunc", 23.0, "23"),
    ("trunc", 100.5, "100"),
    ("trunc", 171.5, "171"),
    ("trunc", 1e-310, "0"),
    ("trunc", 1000000000000000.0, "1000000000000000"),
    ("trunc", f64::INFINITY, "OverflowError: cannot convert float infinity to integer"),
    ("trunc", -f64::INFINITY, "OverflowError: cannot convert float infinity to integer"),
    ("trunc", f64::NAN, "ValueError: cannot convert float NaN to integer"),
    ("trunc", 750.0, "750"),
    ("asinh", 0.0, "0.0"),
    ("asinh", -0.0, "-0.0"),
    ("asinh", 0.5, "0.48121182505960347"),
    ("asinh", -0.5, "-0.48121182505960347"),
    ("asinh", 1.0, "0.881373587019543"),
    ("asinh", -1.0, "-0.881373587019543"),
    ("asinh", 2.0, "1.4436354751788103"),
    ("asinh", -2.5, "-1.6472311463710958"),
    ("asinh", 0.1, "0.09983407889920758"),
    ("asinh", 3.7, "2.0192606561549606"),
    ("asinh", -7.2, "-2.6720162214278513"),
    ("asinh", 10.0, "2.99822295029797"),
    ("asinh", 23.0, "3.8291136516208812"),
    ("asinh", 100.5, "5.3033296590027215"),
    ("asinh", 171.5, "5.837738946917323"),
    ("asinh", 1e-310, "1e-310"),
    ("asinh", 1000000000000000.0, "35.23192357547063"),
    ("asinh", f64::INFINITY, "inf"),
    ("asinh", -f64::INFINITY, "-inf"),
    ("asinh", f64::NAN, "nan"),
    ("asinh", 750.0, "7.31322083153445"),
    ("asinh", 1e+300, "691.4686750787736"),
    ("atan", 0.0, "0.0"),
    ("atan", -0.0, "-0.0"),
    ("atan", 0.5, "0.4636476090008061"),
    ("atan", -0.5, "-0.4636476090008061"),
    ("atan", 1.0, "0.7853981633974483"),
    ("atan", -1.0, "-0.7853981633974483"),
    ("atan", 2.0, "1.1071487177940904"),
    ("atan", -2.5, "-1.1902899496825317"),
    ("atan", 0.1, "0.09966865249116204"),
    ("atan", 3.7, "1.3068326031691921"),
    ("atan", -7.2, "-1.4327903031373772"),
    ("atan", 10.0, "1.4711276743037347"),
    ("atan", 23.0, "1.5273454314033659"),
    ("atan", 100.5, "1.5608464064020915"),
    ("atan", 171.5, "1.564965489085947"),
    ("atan", 1e-310, "1e-310"),
    ("atan", 1000000000000000.0, "1.5707963267948957"),
    ("atan", f64::INFINITY, "1.5707963267948966"),
    ("atan", -f64::INFINITY, "-1.5707963267948966"),
    ("atan", f64::NAN, "nan"),
    ("atan", 750.0, "1.569462994251686"),
    ("atan", 1e+300, "1.5707963267948966"),
    ("cbrt", 0.0, "0.0"),
    ("cbrt", -0.0, "-0.0"),
    ("cbrt", 0.5, "0.7937005259840998"),
    ("cbrt", -0.5, "-0.7937005259840998"),
    ("cbrt", 1.0, "1.0"),
    ("cbrt", -1.0, "-1.0"),
    ("cbrt", 2.0, "1.2599210498948734"),
    ("cbrt", -2.5, "-1.3572088082974532"),
    ("cbrt", 0.1, "0.46415888336127786"),
    ("cbrt", 3.7, "1.5466803737720356"),
    ("cbrt", -7.2, "-1.9309787692112594"),
    ("cbrt", 10.0, "2.1544346900318834"),
    ("cbrt", 23.0, "2.843866979851566"),
    ("cbrt", 100.5, "4.649311957395599"),
    ("cbrt", 171.5, "5.555903681888698"),
    ("cbrt", 1e-310, "4.641588833612775e-104"),
    ("cbrt", 1000000000000000.0, "100000.0"),
    ("cbrt", f64::INFINITY, "inf"),
    ("cbrt", -f64::INFINITY, "-inf"),
    ("cbrt", f64::NAN, "nan"),
    ("cbrt", 750.0, "9.085602964160698"),
    ("cbrt", 1e+300, "1e+100"),
    ("degrees", 0.0, "0.0"),
    ("degrees", -0.0, "-0.0"),
    ("degrees", 0.5, "28.64788975654116"),
    ("degrees", -0.5, "-28.64788975654116"),
    ("degrees", 1.0, "57.29577951308232"),
    ("degrees", -1.0, "-57.29577951308232"),
    ("degrees", 2.0, "114.59155902616465"),
    ("degrees", -2.5, "-143.2394487827058"),
    ("degrees", 0.1, "5.729577951308233"),
    ("degrees", 3.7, "211.99438419840462"),
    ("degrees", -7.2, "-412.52961249419275"),
    ("degrees", 10.0, "572.9577951308232"),
    ("degrees", 23.0, "1317.8029288008934"),
    ("degrees", 100.5, "5758.225841064774"),
    ("degrees", 171.5, "9826.226186493619"),
    ("degrees", 1e-310, "5.729577951308214e-309"),
    ("degrees", 1000000000000000.0, "5.729577951308232e+16"),
    ("degrees", f64::INFINITY, "inf"),
    ("degrees", -f64::INFINITY, "-inf"),
    ("degrees", f64::NAN, "nan"),
    ("degrees", 750.0, "42971.83463481174"),
    ("degrees", 1e+300, "5.729577951308233e+301"),
    ("erf", 0.0, "0.0"),
    ("erf", -0.0, "-0.0"),
    ("erf", 0.5, "0.5204998778130465"),
    ("erf", -0.5, "-0.5204998778130465"),
    ("erf", 1.0, "0.8427007929497149"),
    ("erf", -1.0, "-0.8427007929497149"),
    ("erf", 2.0, "0.9953222650189527"),
    ("erf", -2.5, "-0.999593047982555"),
    ("erf", 0.1, "0.1124629160182849"),
    ("erf", 3.7, "0.9999998328489421"),
    ("erf", -7.2, "-1.0"),
    ("erf", 10.0, "1.0"),
    ("erf", 23.0, "1.0"),
    ("erf", 100.5, "1.0"),
    ("erf", 171.5, "1.0"),
    ("erf", 1e-310, "1.1283791670955e-310"),
    ("erf", 1000000000000000.0, "1.0"),
    ("erf", f64::INFINITY, "1.0"),
    ("erf", -f64::INFINITY, "-1.0"),
    ("erf", f64::NAN, "nan"),
    ("erf", 750.0, "1.0"),
    ("erf", 1e+300, "1.0"),
    ("erfc", 0.0, "1.0"),
    ("erfc", -0.0, "1.0"),
    ("erfc", 0.5, "0.4795001221869535"),
    ("erfc", -0.5, "1.5204998778130465"),
    ("erfc", 1.0, "0.15729920705028513"),
    ("erfc", -1.0, "1.842700792949715"),
    ("erfc", 2.0, "0.004677734981047265"),
    ("erfc", -2.5, "1.999593047982555"),
    ("erfc", 0.1, "0.8875370839817152"),
    ("erfc", 3.7, "1.6715105790914596e-07"),
    ("erfc", -7.2, "2.0"),
    ("erfc", 10.0, "2.088487583762545e-45"),
    ("erfc", 23.0, "4.441265948088058e-232"),
    ("erfc", 100.5, "0.0"),
    ("erfc", 171.5, "0.0"),
    ("erfc", 1e-310, "1.0"),
    ("erfc", 1000000000000000.0, "0.0"),
    ("erfc", f64::INFINITY, "0.0"),
    ("erfc", -f64::INFINITY, "2.0"),
    ("erfc", f64::NAN, "nan"),
    ("erfc", 750.0, "0.0"),
    ("erfc", 1e+300, "0.0"),
    ("fabs", 0.0, "0.0"),
    ("fabs", -0.0, "0.0"),
    ("fabs", 0.5, "0.5"),
    ("fabs", -0.5, "0.5"),
    ("fabs", 1.0, "1.0"),
    ("fabs", -1.0, "1.0"),
    ("fabs", 2.0, "2.0"),
    ("fabs", -2.5, "2.5"),
    ("fabs", 0.1, "0.1"),
    ("fabs", 3.7, "3.7"),
    ("fabs", -7.2, "7.2"),
    ("fabs", 10.0, "10.0"),
    ("fabs", 23.0, "23.0"),
    ("fabs", 100.5, "100.5"),
    ("fabs", 171.5, "171.5"),
    ("fabs", 1e-310, "1e-310"),
    ("fabs", 1000000000000000.0, "1000000000000000.0"),
    ("fabs", f64::INFINITY, "inf"),
    ("fabs", -f64::INFINITY, "inf"),
    ("fabs", f64::NAN, "nan"),
    ("fabs", 750.0, "750.0"),
    ("fabs", 1e+300, "1e+300"),
    ("radians", 0.0, "0.0"),
    ("radians", -0.0, "-0.0"),
    ("radians", 0.5, "0.008726646259971648"),
    ("radians", -0.5, "-0.008726646259971648"),
    ("radians", 1.0, "0.017453292519943295"),
    ("radians", -1.0, "-0.017453292519943295"),
    ("radians", 2.0, "0.03490658503988659"),
    ("radians", -2.5, "-0.04363323129985824"),
    ("radians", 0.1, "0.0017453292519943296"),
    ("radians", 3.7, "0.0645771823237902"),
    ("radians", -7.2, "-0.12566370614359174"),
    ("radians", 10.0, "0.17453292519943295"),
    ("radians", 23.0, "0.4014257279586958"),
    ("radians", 100.5, "1.7540558982543013"),
    ("radians", 171.5, "2.993239667170275"),
    ("radians", 1e-310, "1.745329251995e-312"),
    ("radians", 1000000000000000.0, "17453292519943.295"),
    ("radians", f64::INFINITY, "inf"),
    ("radians", -f64::INFINITY, "-inf"),
    ("radians", f64::NAN, "nan"),
    ("radians", 750.0, "13.08996938995747"),
    ("radians", 1e+300, "1.7453292519943297e+298"),
    ("tanh", 0.0, "0.0"),
    ("tanh", -0.0, "-0.0"),
    ("tanh", 0.5, "0.46211715726000974"),
    ("tanh", -0.5, "-0.46211715726000974"),
    ("tanh", 1.0, "0.7615941559557649"),
    ("tanh", -1.0, "-0.7615941559557649"),
    ("tanh", 2.0, "0.9640275800758169"),
    ("tanh", -2.5, "-0.9866142981514303"),
    ("tanh", 0.1, "0.09966799462495582"),
    ("tanh", 3.7, "0.9987782412811312"),
    ("tanh", -7.2, "-0.9999988852198828"),
    ("tanh", 10.0, "0.9999999958776927"),
    ("tanh", 23.0, "1.0"),
    ("tanh", 100.5, "1.0"),
    ("tanh", 171.5, "1.0"),
    ("tanh", 1e-310, "1e-310"),
    ("tanh", 1000000000000000.0, "1.0"),
    ("tanh", f64::INFINITY, "1.0"),
    ("tanh", -f64::INFINITY, "-1.0"),
    ("tanh", f64::NAN, "nan"),
    ("tanh", 750.0, "1.0"),
    ("tanh", 1e+300, "1.0"),
    ("ulp", 0.0, "5e-324"),
    ("ulp", -0.0, "5e-324"),
    ("ulp", 0.5, "1.1102230246251565e-16"),
    ("ulp", -0.5, "1.1102230246251565e-16"),
    ("ulp", 1.0, "2.220446049250313e-16"),
    ("ulp", -1.0, "2.220446049250313e-16"),
    ("ulp", 2.0, "4.440892098500626e-16"),
    ("ulp", -2.5, "4.440892098500626e-16"),
    ("ulp", 0.1, "1.3877787807814457e-17"),
    ("ulp", 3.7, "4.440892098500626e-16"),
    ("ulp", -7.2, "8.881784197001252e-16"),
    ("ulp", 10.0, "1.7763568394002505e-15"),
    ("ulp", 23.0, "3.552713678800501e-15"),
    ("ulp", 100.5, "1.4210854715202004e-14"),
    ("ulp", 171.5, "2.842170943040401e-14"),
    ("ulp", 1e-310, "5e-324"),
    ("ulp", 1000000000000000.0, "0.125"),
    ("ulp", f64::INFINITY, "inf"),
    ("ulp", -f64::INFINITY, "inf"),
    ("ulp", f64::NAN, "nan"),
    ("ulp", 750.0, "1.1368683772161603e-13"),
    ("ulp", 1e+300, "1.487016908477783e+284"),
];

#[test]
fn functions_of_one_number() {
    for (name, x, expected) in ONE {
        let x = *x;
        let shown = match *name {
            "acos" => show(acos(x)),
            "acosh" => show(acosh(x)),
            "asin" => show(asin(x)),
            "atanh" => show(atanh(x)),
            "cos" => show(cos(x)),
            "cosh" => show(cosh(x)),
            "exp" => show(exp(x)),
            "exp2" => show(exp2(x)),
            "expm1" => show(expm1(x)),
            "log" => show(log(x)),
            "log10" => show(log10(x)),
            "log1p" => show(log1p(x)),
            "log2" => show(log2(x)),
            "sin" => show(sin(x)),
            "sinh" => show(sinh(x)),
            "sqrt" => show(sqrt(x)),
            "tan" => show(tan(x)),
            "gamma" => show(gamma(x)),
            "lgamma" => show(lgamma(x)),
            "floor" => show(floor(x)),
            "ceil" => show(ceil(x)),
            "trunc" => show(trunc(x)),
            "asinh" => show(Ok(asinh(x))),
            "atan" => show(Ok(atan(x))),
            "cbrt" => show(Ok(cbrt(x))),
            "degrees" => show(Ok(degrees(x))),
            "erf" => show(Ok(erf(x))),
            "erfc" => show(Ok(erfc(x))),
            "fabs" => show(Ok(fabs(x))),
            "radians" => show(Ok(radians(x))),
            "tanh" => show(Ok(tanh(x))),
            "ulp" => show(Ok(ulp(x))),
            _ => String::new(),
        };
        assert_eq!(shown, *expected, "{name}({x})");
    }
}

#[test]
fn functions_of_several_numbers() {
    let floats = |items: &[f64]| items.iter().copied().collect::<List<f64>>();
    assert_eq!(show(pow(2.0, 0.5)), "1.4142135623730951", "math.pow(float(\"2.0\"),float(\"0.5\"))");
    assert_eq!(show(pow(0.0, -1.0)), "ValueError: math domain error", "math.pow(float(\"0.0\"),float(\"-1.0\"))");
    assert_eq!(show(pow(-1.0, 0.5)), "ValueError: math domain error", "math.pow(float(\"-1.0\"),float(\"0.5\"))");
    assert_eq!(show(pow(10.0, 400.0)), "OverflowError: math range error", "math.pow(float(\"10.0\"),float(\"400.0\"))");
    assert_eq!(show(pow(f64::NAN, 0.0)), "1.0", "math.pow(float(\"nan\"),float(\"0.0\"))");
    assert_eq!(show(pow(1.0, f64::NAN)), "1.0", "math.pow(float(\"1.0\"),float(\"nan\"))");
    assert_eq!(show(pow(-2.0, 3.0)), "-8.0", "math.pow(float(\"-2.0\"),float(\"3.0\"))");
    assert_eq!(show(pow(f64::INFINITY, -1.0)), "0.0", "math.pow(float(\"inf\"),float(\"-1.0\"))");
    assert_eq!(show(fmod(7.5, 2.0)), "1.5", "math.fmod(float(\"7.5\"),float(\"2.0\"))");
    assert_eq!(show(remainder(7.5, 2.0)), "-0.5", "math.remainder(float(\"7.5\"),float(\"2.0\"))");
    assert_eq!(show(fmod(-7.5, 2.0)), "-1.5", "math.fmod(float(\"-7.5\"),float(\"2.0\"))");
    assert_eq!(show(remainder(-7.5, 2.0)), "0.5", "math.remainder(float(\"-7.5\"),float(\"2.0\"))");
    assert_eq!(show(fmod(1.0, 0.0)), "ValueError: math domain error", "math.fmod(float(\"1.0\"),float(\"0.0\"))");
    assert_eq!(
        show(remainder(1.0, 0.0)),
        "ValueError: math domain error",
        "math.remainder(float(\"1.0\"),float(\"0.0\"))"
    );
    assert_eq!(
        show(fmod(f64::INFINITY, 1.0)),
        "ValueError: math domain error",
        "math.fmod(float(\"inf\"),float(\"1.0\"))"
    );
    assert_eq!(
        show(remainder(f64::INFINITY, 1.0)),
        "ValueError: math domain error",
        "math.remainder(float(\"inf\"),float(\"1.0\"))"
    );
    assert_eq!(show(fmod(1.0, f64::INFINITY)), "1.0", "math.fmod(float(\"1.0\"),float(\"inf\"))");
    assert_eq!(show(remainder(1.0, f64::INFINITY)), "1.0", "math.remainder(float(\"1.0\"),float(\"inf\"))");
    assert_eq!(show(fmod(f64::NAN, 0.0)), "nan", "math.fmod(float(\"nan\"),float(\"0.0\"))");
    assert_eq!(show(remainder(f64::NAN, 0.0)), "nan", "math.remainder(float(\"nan\"),float(\"0.0\"))");
    assert_eq!(show(log_base(8.0, 2.0)), "3.0", "math.log(float(\"8.0\"),float(\"2.0\"))");
    assert_eq!(
        show(log_base(2.0, 1.0)),
        "ZeroDivisionError: float division by zero",
        "math.log(float(\"2.0\"),float(\"1.0\"))"
    );
    assert_eq!(show(log_base(0.0, 2.0)), "ValueError: math domain error", "math.log(float(\"0.0\"),float(\"2.0\"))");
    assert_eq!(show(log_base(2.0, 0.0)), "ValueError: math domain error", "math.log(float(\"2.0\"),float(\"0.0\"))");
    assert_eq!(show(log_base(100.0, 10.0)), "2.0", "math.log(float(\"100.0\"),float(\"10.0\"))");
    assert_eq!(show(Ok(atan2(1.0, -0.0))), "1.5707963267948966", "math.atan2(float(\"1.0\"),float(\"-0.0\"))");
    assert_eq!(show(Ok(copysign(1.0, -0.0))), "-1.0", "math.copysign(float(\"1.0\"),float(\"-0.0\"))");
    assert_eq!(show(Ok(atan2(-1.0, -1.0))), "-2.356194490192345", "math.atan2(float(\"-1.0\"),float(\"-1.0\"))");
    assert_eq!(show(Ok(copysign(-1.0, -1.0))), "-1.0", "math.copysign(float(\"-1.0\"),float(\"-1.0\"))");
    assert_eq!(show(Ok(atan2(0.0, 0.0))), "0.0", "math.atan2(float(\"0.0\"),float(\"0.0\"))");
    assert_eq!(show(Ok(copysign(0.0, 0.0))), "0.0", "math.copysign(float(\"0.0\"),float(\"0.0\"))");
    assert_eq!(show(Ok(modf(-1.5))), "(-0.5, -1.0)", "math.modf(float(\"-1.5\"))");
    assert_eq!(show(Ok(frexp(-1.5))), "(-0.75, 1)", "math.frexp(float(\"-1.5\"))");
    assert_eq!(show(Ok(modf(0.0))), "(0.0, 0.0)", "math.modf(float(\"0.0\"))");
    assert_eq!(show(Ok(frexp(0.0))), "(0.0, 0)", "math.frexp(float(\"0.0\"))");
    assert_eq!(show(Ok(modf(8.0))), "(0.0, 8.0)", "math.modf(float(\"8.0\"))");
    assert_eq!(show(Ok(frexp(8.0))), "(0.5, 4)", "math.frexp(float(\"8.0\"))");
    assert_eq!(show(Ok(modf(5e-324))), "(5e-324, 0.0)", "math.modf(float(\"5e-324\"))");
    assert_eq!(show(Ok(frexp(5e-324))), "(0.5, -1073)", "math.frexp(float(\"5e-324\"))");
    assert_eq!(show(Ok(modf(f64::INFINITY))), "(0.0, inf)", "math.modf(float(\"inf\"))");
    assert_eq!(show(Ok(frexp(f64::INFINITY))), "(inf, 0)", "math.frexp(float(\"inf\"))");
    assert_eq!(show(Ok(modf(-f64::INFINITY))), "(-0.0, -inf)", "math.modf(float(\"-inf\"))");
    assert_eq!(show(Ok(frexp(-f64::INFINITY))), "(-inf, 0)", "math.frexp(float(\"-inf\"))");
    assert_eq!(show(Ok(modf(f64::NAN))), "(nan, nan)", "math.modf(float(\"nan\"))");
    assert_eq!(show(Ok(frexp(f64::NAN))), "(nan, 0)", "math.frexp(float(\"nan\"))");
    assert_eq!(show(Ok(modf(-0.0))), "(-0.0, -0.0)", "math.modf(float(\"-0.0\"))");
    assert_eq!(show(Ok(frexp(-0.0))), "(-0.0, 0)", "math.frexp(float(\"-0.0\"))");
    assert_eq!(show(ldexp(1.0, 5000)), "OverflowError: math range error", "math.ldexp(float(\"1.0\"),5000)");
    assert_eq!(show(ldexp(1.0, -5000)), "0.0", "math.ldexp(float(\"1.0\"),-5000)");
    assert_eq!(show(ldexp(0.75, 3)), "6.0", "math.ldexp(float(\"0.75\"),3)");
    assert_eq!(show(ldexp(f64::INFINITY, 2)), "inf", "math.ldexp(float(\"inf\"),2)");
    assert_eq!(show(ldexp(5e-324, 1074)), "1.0", "math.ldexp(float(\"5e-324\"),1074)");
    assert_eq!(show(ldexp(0.0, 9999)), "0.0", "math.ldexp(float(\"0.0\"),9999)");
    assert_eq!(
        show(fma(f64::INFINITY, 0.0, 1.0)),
        "ValueError: invalid operation in fma",
        "math.fma(float(\"inf\"),0.0,1.0)"
    );
    assert_eq!(show(fma(1e308, 10.0, 1.0)), "OverflowError: overflow in fma", "math.fma(1e308,10.0,1.0)");
    assert_eq!(show(fma(0.1, 10.0, -1.0)), "5.551115123125783e-17", "math.fma(0.1,10.0,-1.0)");
    assert_eq!(show(nextafter(1.0, 2.0, None)), "1.0000000000000002", "math.nextafter(1.0,float(\"2.0\"),steps=None)");
    assert_eq!(show(nextafter(0.0, -1.0, None)), "-5e-324", "math.nextafter(0.0,float(\"-1.0\"),steps=None)");
    assert_eq!(show(nextafter(1.0, 1.0, None)), "1.0", "math.nextafter(1.0,float(\"1.0\"),steps=None)");
    assert_eq!(show(nextafter(5e-324, -1.0, Some(1))), "0.0", "math.nextafter(5e-324,float(\"-1.0\"),steps=1)");
    assert_eq!(show(nextafter(5e-324, -1.0, Some(2))), "-5e-324", "math.nextafter(5e-324,float(\"-1.0\"),steps=2)");
    assert_eq!(
        show(nextafter(1.0, 2.0, Some(1000))),
        "1.000000000000222",
        "math.nextafter(1.0,float(\"2.0\"),steps=1000)"
    );
    assert_eq!(
        show(nextafter(1.0, f64::INFINITY, Some(1000000000000000000))),
        "7.04062326677174e+66",
        "math.nextafter(1.0,float(\"inf\"),steps=1000000000000000000)"
    );
    assert_eq!(show(nextafter(-0.0, 0.0, Some(1))), "0.0", "math.nextafter(-0.0,float(\"0.0\"),steps=1)");
    assert_eq!(show(nextafter(1.0, 2.0, Some(0))), "1.0", "math.nextafter(1.0,float(\"2.0\"),steps=0)");
    assert_eq!(
        show(isclose(1.0, 1.0000000001, 1e-09, 0.0)),
        "True",
        "math.isclose(float(\"1.0\"),float(\"1.0000000001\"),rel_tol=1e-09,abs_tol=0.0)"
    );
    assert_eq!(
        show(isclose(1.0, 1.1, 1e-09, 0.0)),
        "False",
        "math.isclose(float(\"1.0\"),float(\"1.1\"),rel_tol=1e-09,abs_tol=0.0)"
    );
    assert_eq!(
        show(isclose(0.0, 1e-10, 1e-09, 1e-09)),
        "True",
        "math.isclose(float(\"0.0\"),float(\"1e-10\"),rel_tol=1e-09,abs_tol=1e-09)"
    );
    assert_eq!(
        show(isclose(f64::INFINITY, f64::INFINITY, 1e-09, 0.0)),
        "True",
        "math.isclose(float(\"inf\"),float(\"inf\"),rel_tol=1e-09,abs_tol=0.0)"
    );
    assert_eq!(
        show(isclose(f64::NAN, f64::NAN, 1e-09, 0.0)),
        "False",
        "math.isclose(float(\"nan\"),float(\"nan\"),rel_tol=1e-09,abs_tol=0.0)"
    );
    assert_eq!(
        show(isclose(1.0, 2.0, -1.0, 0.0)),
        "ValueError: tolerances must be non-negative",
        "math.isclose(float(\"1.0\"),float(\"2.0\"),rel_tol=-1.0,abs_tol=0.0)"
    );
    assert_eq!(show(fsum(&floats(&[]))), "0.0", "math.fsum([])");
    assert_eq!(
        show(fsum(&floats(&[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]))),
        "1.0",
        "math.fsum([float(\"0.1\"),float(\"0.1\"),float(\"0.1\"),float(\"0.1\"),float(\"0.1\"),float(\"0.1\"),float(\"0.1\"),float(\"0.1\"),float(\"0.1\"),float(\"0.1\")])"
    );
    assert_eq!(
        show(fsum(&floats(&[1e+308, 1e+308]))),
        "OverflowError: intermediate overflow in fsum",
        "math.fsum([float(\"1e+308\"),float(\"1e+308\")])"
    );
    assert_eq!(
        show(fsum(&floats(&[1e+100, 1.0, -1e+100]))),
        "1.0",
        "math.fsum([float(\"1e+100\"),float(\"1.0\"),float(\"-1e+100\")])"
    );
    assert_eq!(
        show(fsum(&floats(&[f64::INFINITY, -f64::INFINITY]))),
        "ValueError: -inf + inf in fsum",
        "math.fsum([float(\"inf\"),float(\"-inf\")])"
    );
    assert_eq!(show(fsum(&floats(&[f64::INFINITY, 1.0]))), "inf", "math.fsum([float(\"inf\"),float(\"1.0\")])");
    assert_eq!(
        show(fsum(&floats(&[1e+16, 1.0, 1e-16]))),
        "1.0000000000000002e+16",
        "math.fsum([float(\"1e+16\"),float(\"1.0\"),float(\"1e-16\")])"
    );
    assert_eq!(
        show(fsum(&floats(&[1.0, 1e-16, 1e-32]))),
        "1.0",
        "math.fsum([float(\"1.0\"),float(\"1e-16\"),float(\"1e-32\")])"
    );
    assert_eq!(show(hypot([])), "0.0", "math.hypot()");
    assert_eq!(show(hypot([3.0, 4.0])), "5.0", "math.hypot(float(\"3.0\"),float(\"4.0\"))");
    assert_eq!(
        show(hypot([1e+200, 1e+200])),
        "1.414213562373095e+200",
        "math.hypot(float(\"1e+200\"),float(\"1e+200\"))"
    );
    assert_eq!(show(hypot([1e-320, 1e-320])), "1.414e-320", "math.hypot(float(\"1e-320\"),float(\"1e-320\"))");
    assert_eq!(show(hypot([f64::INFINITY, f64::NAN])), "inf", "math.hypot(float(\"inf\"),float(\"nan\"))");
    assert_eq!(show(hypot([f64::NAN, 1.0])), "nan", "math.hypot(float(\"nan\"),float(\"1.0\"))");
    assert_eq!(
        show(hypot([1.0, 2.0, 3.0])),
        "3.7416573867739413",
        "math.hypot(float(\"1.0\"),float(\"2.0\"),float(\"3.0\"))"
    );
    assert_eq!(show(hypot([0.1, 0.2])), "0.223606797749979", "math.hypot(float(\"0.1\"),float(\"0.2\"))");
    assert_eq!(show(hypot([5e-324])), "5e-324", "math.hypot(float(\"5e-324\"))");
    assert_eq!(
        show(dist(&floats(&[1.0, 2.0]), &floats(&[4.0, 6.5]))),
        "5.408326913195984",
        "math.dist([1.0,2.0],[4.0,6.5])"
    );
    assert_eq!(
        show(dist(&floats(&[1.0]), &floats(&[4.0, 6.5]))),
        "ValueError: both points must have the same number of dimensions",
        "math.dist([1.0],[4.0,6.5])"
    );
    assert_eq!(
        show(sumprod_floats(&floats(&[0.1, 0.1, 0.1]), &floats(&[0.1, 0.2, 0.3]))),
        "0.060000000000000005",
        "math.sumprod([0.1]*3,[0.1,0.2,0.3])"
    );
    assert_eq!(
        show(sumprod_ints(
            &List::from([1_000_000_000_000_000_000_i64; 3]),
            &List::from([1_000_000_000_000_000_000_i64; 3])
        )),
        "3000000000000000000000000000000000000",
        "math.sumprod([10**18]*3,[10**18]*3)"
    );
    assert_eq!(
        show(sumprod_ints(&List::from([1]), &List::from([1, 2]))),
        "ValueError: Inputs are not the same length",
        "math.sumprod([1],[1,2])"
    );
    assert_eq!(show(prod_ints(&List::from([2, 3, 4]), 1)), "24", "math.prod([2,3,4])");
    assert_eq!(
        show(prod_ints(&List::from([1_000_000_000_000_000_000_i64; 3]), 1)),
        "1000000000000000000000000000000000000000000000000000000",
        "math.prod([10**18]*3)"
    );
    assert_eq!(show(prod_floats(&floats(&[0.1, 0.2]), 1.0)), "0.020000000000000004", "math.prod([0.1,0.2],start=1.0)");
}

#[test]
fn functions_of_integers() {
    assert_eq!(show(factorial(-1)), "ValueError: factorial() not defined for negative values", "math.factorial(-1)");
    assert_eq!(show(factorial(0)), "1", "math.factorial(0)");
    assert_eq!(show(factorial(1)), "1", "math.factorial(1)");
    assert_eq!(show(factorial(5)), "120", "math.factorial(5)");
    assert_eq!(show(factorial(20)), "2432902008176640000", "math.factorial(20)");
    assert_eq!(show(factorial(21)), "51090942171709440000", "math.factorial(21)");
    assert_eq!(show(factorial(30)), "265252859812191058636308480000000", "math.factorial(30)");
    assert_eq!(
        show(factorial(100)),
        "93326215443944152681699238856266700490715968264381621468592963895217599993229915608941463976156518286253697920827223758251185210916864000000000000000000000000",
        "math.factorial(100)"
    );
    assert_eq!(show(comb(-1, 2)), "ValueError: n must be a non-negative integer", "math.comb(-1,2)");
    assert_eq!(show(permutations_of(-1, 2)), "ValueError: n must be a non-negative integer", "math.perm(-1,2)");
    assert_eq!(show(comb(1, -2)), "ValueError: k must be a non-negative integer", "math.comb(1,-2)");
    assert_eq!(show(permutations_of(1, -2)), "ValueError: k must be a non-negative integer", "math.perm(1,-2)");
    assert_eq!(show(comb(10, 3)), "120", "math.comb(10,3)");
    assert_eq!(show(permutations_of(10, 3)), "720", "math.perm(10,3)");
    assert_eq!(show(comb(3, 10)), "0", "math.comb(3,10)");
    assert_eq!(show(permutations_of(3, 10)), "0", "math.perm(3,10)");
    assert_eq!(show(comb(100, 50)), "100891344545564193334812497256", "math.comb(100,50)");
    assert_eq!(
        show(permutations_of(100, 50)),
        "3068518756254966037202730459529469739228459721684688959447786986982158958772355072000000000000",
        "math.perm(100,50)"
    );
    assert_eq!(show(comb(5, 5)), "1", "math.comb(5,5)");
    assert_eq!(show(permutations_of(5, 5)), "120", "math.perm(5,5)");
    assert_eq!(show(comb(5, 0)), "1", "math.comb(5,0)");
    assert_eq!(show(permutations_of(5, 0)), "1", "math.perm(5,0)");
    assert_eq!(show(isqrt(-1)), "ValueError: isqrt() argument must be nonnegative", "math.isqrt(-1)");
    assert_eq!(show(isqrt(0)), "0", "math.isqrt(0)");
    assert_eq!(show(isqrt(15)), "3", "math.isqrt(15)");
    assert_eq!(show(isqrt(16)), "4", "math.isqrt(16)");
    assert_eq!(show(isqrt(4611686018427387904)), "2147483648", "math.isqrt(4611686018427387904)");
    assert_eq!(show(Ok(gcd([]))), "0", "math.gcd()");
    assert_eq!(show(Ok(lcm([]))), "1", "math.lcm()");
    assert_eq!(show(Ok(gcd([12]))), "12", "math.gcd(12)");
    assert_eq!(show(Ok(lcm([12]))), "12", "math.lcm(12)");
    assert_eq!(show(Ok(gcd([12, 18]))), "6", "math.gcd(12, 18)");
    assert_eq!(show(Ok(lcm([12, 18]))), "36", "math.lcm(12, 18)");
    assert_eq!(show(Ok(gcd([-4, 6]))), "2", "math.gcd(-4, 6)");
    assert_eq!(show(Ok(lcm([-4, 6]))), "12", "math.lcm(-4, 6)");
    assert_eq!(show(Ok(gcd([0, 0]))), "0", "math.gcd(0, 0)");
    assert_eq!(show(Ok(lcm([0, 0]))), "0", "math.lcm(0, 0)");
    assert_eq!(show(Ok(gcd([0, 5]))), "5", "math.gcd(0, 5)");
    assert_eq!(show(Ok(lcm([0, 5]))), "0", "math.lcm(0, 5)");
    assert_eq!(
        show(Ok(lcm([4611686018427387904, 4052555153018976267]))),
        "18689111938083476391890914344978874368",
        "math.lcm(2**62,3**39)"
    );
}
